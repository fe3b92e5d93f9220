#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string_view>

namespace dsdash::pattern {

/// The double that equals the number written as `text`. Nothing if there is none: if what the
/// double reads back as, in its shortest form, is another number (more than 15 to 17 digits, or out
/// of range). EventBridge compares by value only what passes this.
[[nodiscard]] std::optional<double> comparable_double(std::string_view text);

/// The same of a number in an event; nothing for what is no number. (Of a number with a fraction
/// only its double is left to look at, so that one always passes.)
[[nodiscard]] std::optional<double> comparable_leaf(const boost::json::value& leaf);

}  // namespace dsdash::pattern
