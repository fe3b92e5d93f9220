#pragma once

#include <string>

namespace dsdash {

/// 256 bits from the system's generator, as 64 hexadecimal digits: nobody can guess it. Throws
/// std::runtime_error if the system has none.
[[nodiscard]] std::string new_secret();

}  // namespace dsdash
