#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"

namespace dsdash::dashboard {

/// Whether the client takes gzip (RFC 9110, 12.5.3).
[[nodiscard]] bool accepts_gzip(const http::Request& request);

/// `text` as gzip (RFC 1952), quickly rather than small.
[[nodiscard]] std::string gzip(std::string_view text);

/// Compresses the body of a 200 for a client that takes it, unless it is too small to gain by it or
/// followed by a stream. The answer says that it depends on that (Vary).
[[nodiscard]] http::Response answer_compressed(const http::Request& request,
                                               http::Response response);

}  // namespace dsdash::dashboard
