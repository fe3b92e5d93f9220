#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace dsdash::dashboard {

inline constexpr std::string_view kSessionCookie = "dsdash_session";

/// The token of `Authorization: Bearer TOKEN`. Empty, and good for nothing, for any other
/// Authorization; nothing without one.
[[nodiscard]] std::optional<std::string_view> bearer_token(const http::Request& request);

/// The session that the cookie names. Nothing without one; nothing with several, of which one may
/// be another server's plant.
[[nodiscard]] std::optional<std::string_view> session_cookie(const http::Request& request);

/// The Set-Cookie that makes `id` the session, or with an empty one ends it.
[[nodiscard]] std::string set_session_cookie(std::string_view id);

}  // namespace dsdash::dashboard
