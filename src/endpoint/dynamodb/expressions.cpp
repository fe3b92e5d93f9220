#include "endpoint/dynamodb/expressions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "endpoint/dynamodb/condition_parser.hpp"
#include "endpoint/dynamodb/errors.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

bool has(const json::object& input, std::string_view field) {
    const auto* value = input.if_contains(field);
    return value != nullptr && !value->is_null();
}

template <class T>
Result<std::optional<T>> parse_at(const json::object& input, std::string_view field,
                                  Placeholders& placeholders,
                                  Result<T> (*parse)(std::string_view, Placeholders&)) {
    if (!has(input, field)) return std::nullopt;
    const auto& text = input.at(field);
    if (!text.is_string()) return unserializable(fmt::format("{} must be a string", field));
    auto parsed = parse(text.get_string(), placeholders);
    if (!parsed) return invalid(fmt::format("Invalid {}: {}", field, parsed.error().message));
    return std::optional(*std::move(parsed));
}

Result<void> check_path(const Path& path, const TableSchema& schema) {
    const auto& head = std::get<std::string>(path.front());
    const bool is_table_key = head == schema.key.hash || head == schema.key.range;
    const bool is_index_key =
        schema.index && (head == schema.index->key.hash || head == schema.index->key.range);
    if (path.size() == 1 || (!is_table_key && !is_index_key)) return {};
    return invalid(
        fmt::format("Key attributes must be scalars; list random access '[]' and map lookup '.' "
                    "are not allowed: {}: {}",
                    is_table_key ? "Key" : "IndexKey", head));
}

}  // namespace

Result<std::optional<Node>> condition_at(const json::object& input, std::string_view field,
                                         Placeholders& placeholders) {
    return parse_at(input, field, placeholders, parse_condition);
}

Result<std::optional<Projection>> projection_of(const json::object& input,
                                                Placeholders& placeholders) {
    return parse_at(input, "ProjectionExpression", placeholders, parse_projection);
}

Result<void> check_has_expressions(const json::object& input,
                                   std::initializer_list<std::string_view> fields) {
    const auto is_there = [&](std::string_view field) { return has(input, field); };
    if (has(input, "ExpressionAttributeNames") && std::ranges::none_of(fields, is_there)) {
        return invalid("ExpressionAttributeNames can only be specified when using expressions");
    }
    std::string absent;
    std::size_t conditions = 0;
    for (const auto field : fields) {
        if (field == "ProjectionExpression") continue;
        if (is_there(field)) return {};
        absent += fmt::format("{}{}", absent.empty() ? "" : " and ", field);
        ++conditions;
    }
    if (!has(input, "ExpressionAttributeValues")) return {};
    return invalid(
        fmt::format("ExpressionAttributeValues can only be specified when using expressions: {} {} "
                    "null",
                    absent, conditions > 1 ? "are" : "is"));
}

Result<void> check_key_paths(const Node& condition, const TableSchema& schema) {
    Result<void> checked;
    for_each_path(condition, [&](const Path& path) {
        if (checked) checked = check_path(path, schema);
    });
    return checked;
}

Result<void> check_key_paths(const Projection& projection, const TableSchema& schema) {
    for (const auto& path : projection) {
        if (auto checked = check_path(path, schema); !checked) return checked;
    }
    return {};
}

}  // namespace dsdash::endpoint::dynamodb
