#pragma once

#include "http/message.hpp"

namespace dsdash::dashboard {

/// Gives a 200 that is whole (no stream) an ETag made from its body; when the request names that
/// tag in If-None-Match, the answer becomes a 304 without a body (RFC 9110, 13.1.2).
[[nodiscard]] http::Response answer_conditionally(const http::Request& request,
                                                  http::Response response);

}  // namespace dsdash::dashboard
