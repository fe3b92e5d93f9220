#pragma once

#include <string>

#include "dashboard/api.hpp"
#include "dashboard/change_feed.hpp"
#include "http/message.hpp"
#include "services/clock.hpp"

namespace dsdash::dashboard {

/// Serves the page, its assets and the query API (api.hpp): GET and HEAD, and POST for what a page
/// of ours may ask for. Any thread may call it.
class DashboardHandler {
  public:
    /// `hubs` and `clock` must outlive it. `data_folder` is the absolute path of what is served.
    DashboardHandler(HubDirectory& hubs, const Clock& clock, std::string data_folder);

    /// Answers any request, and does not throw; what is not there is a 404.
    [[nodiscard]] http::Response handle(const http::Request& request);

  private:
    [[nodiscard]] http::Response answer(const http::Request& request);
    [[nodiscard]] http::Response read(const http::Request& request);
    [[nodiscard]] http::Response write(const http::Request& request);
    [[nodiscard]] http::Response events(const http::Request& request);
    [[nodiscard]] ApiContext context();

    HubDirectory& hubs_;
    FetchLog fetches_;
    const Clock& clock_;
    std::string data_folder_;
    ChangeFeed changes_;  ///< uses all of the above
};

}  // namespace dsdash::dashboard
