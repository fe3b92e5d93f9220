#pragma once

#include <string>

#include "dashboard/hub_directory.hpp"
#include "http/message.hpp"
#include "services/clock.hpp"

namespace dsdash::dashboard {

/// Serves the page, its assets and the query API (api.hpp). Reads only: GET and HEAD. Any thread
/// may call it.
class DashboardHandler {
  public:
    /// `hubs` and `clock` must outlive it. `data_folder` is the absolute path of what is served.
    DashboardHandler(HubDirectory& hubs, const Clock& clock, std::string data_folder);

    /// Answers any request, and does not throw; what is not there is a 404.
    [[nodiscard]] http::Response handle(const http::Request& request) const;

  private:
    [[nodiscard]] http::Response answer(const http::Request& request) const;
    [[nodiscard]] http::Response route(const http::Request& request) const;

    HubDirectory& hubs_;
    const Clock& clock_;
    std::string data_folder_;
};

}  // namespace dsdash::dashboard
