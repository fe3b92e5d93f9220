#pragma once

#include <ostream>
#include <string_view>

namespace dsdash::cli {

/// Brings a terminal to write over the line that it is in.
inline constexpr std::string_view kStartOfLineAndErase = "\r\x1b[K";

/// Where a verb writes: its answer to `out`, everything about the way there to `err`.
struct Console {
    std::ostream& out;
    std::ostream& err;
    bool err_is_terminal = false;
};

}  // namespace dsdash::cli
