#pragma once

#include <string_view>

#include "http/message.hpp"

namespace dsdash::dashboard {

/// Which site's page sent a request, as the browser says.
enum class RequestSite {
    same,     ///< a page of this server
    other,    ///< a page of another origin, or what says contradictory things
    unknown,  ///< nothing was said: no page, or a person's own doing
};

/// By Origin and Sec-Fetch-Site, which no page can forge. `scheme`: http or https, as served. The
/// Host header must have been checked.
[[nodiscard]] RequestSite site_of(const http::Request& request, std::string_view scheme);

/// Whether the method is one that changes something.
[[nodiscard]] bool is_write(const http::Request& request);

/// 403: another site's page may not ask.
[[nodiscard]] http::Response refuse_other_site();
/// 403: a write must say where it comes from.
[[nodiscard]] http::Response refuse_unknown_site();

}  // namespace dsdash::dashboard
