#pragma once

#include <string_view>

namespace dsdash::endpoint::dynamodb {

/// Whether an expression may name the attribute only through a placeholder (#name), whatever the
/// case of its letters.
/// docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html
[[nodiscard]] bool is_reserved(std::string_view name);

}  // namespace dsdash::endpoint::dynamodb
