#pragma once

#include <string_view>

#include "domain/result.hpp"
#include "http/message.hpp"

namespace dsdash::dashboard {

/// An answer that says what went wrong, as application/problem+json (RFC 9457).
[[nodiscard]] http::Response problem(int status, std::string_view title, std::string_view detail);

/// The same for an Error; its kind decides the status.
[[nodiscard]] http::Response problem(const Error& error);

}  // namespace dsdash::dashboard
