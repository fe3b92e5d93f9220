#pragma once

#include <chrono>
#include <string>

namespace dsdash {

/// How long ago, for a person: "0 s", "59 s", "12 min", "5 h", "3 d"; "0 s" for what lies ahead.
[[nodiscard]] std::string format_age(std::chrono::microseconds age);

}  // namespace dsdash
