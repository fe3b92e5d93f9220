#pragma once

#include <string>
#include <string_view>

namespace dsdash::cli {

/// `text` fit for a terminal and for one line: control characters, which could move the cursor or
/// recolour the screen, become \n, \t or \x1b. Names and reasons come from other accounts.
[[nodiscard]] std::string printable(std::string_view text);

/// How many characters a terminal shows for `text` (UTF-8): its code points.
[[nodiscard]] std::size_t display_width(std::string_view text);

}  // namespace dsdash::cli
