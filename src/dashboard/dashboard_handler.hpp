#pragma once

#include <string>

#include "dashboard/access/gate.hpp"
#include "dashboard/api/api.hpp"
#include "dashboard/live/change_feed.hpp"
#include "http/message.hpp"
#include "services/clock.hpp"

namespace dsdash::dashboard {

/// Serves the page, its assets and the query API (api.hpp): GET and HEAD, and POST for what can be
/// asked for. The page, its assets and /healthz are public; all else the gate decides. Any thread
/// may call it.
class DashboardHandler {
  public:
    /// `hubs`, `clock` and `gate` must outlive it. `data_folder` is the absolute path of what is
    /// served.
    DashboardHandler(HubDirectory& hubs, const Clock& clock, std::string data_folder, Gate& gate);

    /// Answers any request, and does not throw; what is not there is a 404.
    [[nodiscard]] http::Response handle(const http::Request& request);

  private:
    [[nodiscard]] http::Response answer(const http::Request& request);
    [[nodiscard]] http::Response read(const http::Request& request, const Access& access);
    [[nodiscard]] http::Response write(const http::Request& request, const Access& access);
    [[nodiscard]] http::Response events(const http::Request& request, const Access& access);
    [[nodiscard]] ApiContext context(const Access& access);

    HubDirectory& hubs_;
    FetchLog fetches_;
    const Clock& clock_;
    std::string data_folder_;
    Gate& gate_;
    ChangeFeed changes_;  ///< uses all of the above
};

}  // namespace dsdash::dashboard
