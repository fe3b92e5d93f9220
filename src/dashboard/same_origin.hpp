#pragma once

#include "http/message.hpp"

namespace dsdash::dashboard {

/// Whether the request comes from a page that we served, or from no page at all (curl): a page of
/// another origin must not make a browser write here (CSRF). Browsers send Sec-Fetch-Site (W3C
/// Fetch Metadata) and, with every POST, Origin (RFC 6454), whose host is then ours.
[[nodiscard]] bool is_same_origin(const http::Request& request);

}  // namespace dsdash::dashboard
