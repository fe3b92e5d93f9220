#pragma once

#include <string_view>

#include "domain/json.hpp"

/// Items of the hub's two tables in DynamoDB's JSON: what both homes show. An attribute value is an
/// object whose one member is named after the type, as in {"N": "10.5"} or {"L": [{"S": "x"}]}.
/// docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
namespace dsdash::items {

using Item = json::object;  ///< attribute values by name

[[nodiscard]] inline json::value string_value(std::string_view text) {
    return json::object{{"S", text}};
}
[[nodiscard]] inline json::value number_value(std::string_view text) {
    return json::object{{"N", text}};
}
[[nodiscard]] inline json::value null_value() {
    return json::object{{"NULL", true}};
}

/// What stands under `type` in the attribute `name`; nullptr when the item has no such attribute or
/// one of another type. Of any JSON object, well-formed or not. Lifetime: that of `item`.
[[nodiscard]] const json::value* find_content(const Item& item, std::string_view name,
                                              std::string_view type);
/// The text of an S or N attribute; "" when there is none of that type.
[[nodiscard]] std::string text_at(const Item& item, std::string_view name, std::string_view type);

}  // namespace dsdash::items
