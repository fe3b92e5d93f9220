#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "embedded/storage/sqlite.hpp"

namespace dsdash::embedded {

/// An event's id as a column holds it: a UUID in its usual form (36 characters, lower case) as 16
/// bytes, any other id as text, and none as NULL. What is read is what was written, exactly.
using EventIdColumn = std::variant<std::nullptr_t, std::string_view, std::array<std::byte, 16>>;

/// Lifetime: that of `event_id`.
[[nodiscard]] EventIdColumn to_event_id_column(std::string_view event_id);
/// "" when there is none.
[[nodiscard]] std::string read_event_id(const Rows& rows, int column);

}  // namespace dsdash::embedded
