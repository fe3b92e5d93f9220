#pragma once

#include <string_view>

#include "dashboard/access/access.hpp"
#include "http/message.hpp"

namespace dsdash::dashboard {

inline constexpr std::string_view kSessionPath = "/api/v1/session";

/// {"role","projects":[…]|null,"name"|null}
[[nodiscard]] http::Response session_answer(const Access& access);
/// 405 for a method that /api/v1/session does not have.
[[nodiscard]] http::Response session_method_not_allowed();

}  // namespace dsdash::dashboard
