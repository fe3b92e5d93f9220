#pragma once

#include <string>

#include "http/message.hpp"

namespace dsdash::http {

/// The status line and header of `response`, ending in the empty line. Adds Date, Content-Length
/// (unless a stream follows) and, unless `keep_alive`, Connection: close. Control characters in
/// field values become spaces, so that no value can forge a field.
[[nodiscard]] std::string format_response_head(const Response& response, bool keep_alive,
                                               std::string_view date);

/// "Mon, 23 Nov 2026 12:00:00 GMT" (RFC 9110 section 5.6.7).
[[nodiscard]] std::string format_http_date(std::int64_t epoch_seconds);

}  // namespace dsdash::http
