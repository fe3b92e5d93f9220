#include "endpoint/dynamodb/item_key.hpp"

#include <fmt/format.h>

#include "endpoint/dynamodb/errors.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr std::size_t kHashBytesMax = 2'048;
constexpr std::size_t kRangeBytesMax = 1'024;

Result<void> check_size(std::string_view value, bool is_hash) {
    if (is_hash && value.size() > kHashBytesMax) {
        return invalid(
            "One or more parameter values were invalid: Size of hashkey has exceeded the maximum "
            "size limit of2048 bytes");
    }
    if (!is_hash && value.size() > kRangeBytesMax) {
        return invalid(
            "One or more parameter values were invalid: Aggregated size of all range keys has "
            "exceeded the size limit of 1024 bytes");
    }
    return {};
}

Result<void> check_piece(const Item& key, std::string_view name, bool is_hash) {
    const auto* value = key.if_contains(name);
    if (value == nullptr || type_of(*value) != "S") {
        return invalid("The provided key element does not match the schema");
    }
    if (text_of(*value).empty()) {
        return invalid(
            fmt::format("One or more parameter values were invalid: The AttributeValue for a key "
                        "attribute cannot contain an empty string value. Key: {}",
                        name));
    }
    return check_size(text_of(*value), is_hash);
}

Result<void> check_item_piece(const Item& item, std::string_view name, bool is_hash) {
    const auto* value = item.if_contains(name);
    if (value == nullptr) {
        return invalid(fmt::format(
            "One or more parameter values were invalid: Missing the key {} in the item", name));
    }
    if (type_of(*value) != "S") {
        return invalid(
            fmt::format("One or more parameter values were invalid: Type mismatch for key {} "
                        "expected: S actual: {}",
                        name, type_of(*value)));
    }
    if (text_of(*value).empty()) {
        return invalid(
            fmt::format("One or more parameter values are not valid. The AttributeValue for a key "
                        "attribute cannot contain an empty string value. Key: {}",
                        name));
    }
    return check_size(text_of(*value), is_hash);
}

}  // namespace

Result<Item> read_key(const json::value& key, const KeySchema& schema) {
    auto read = read_item(key);
    if (!read) return read;
    if (read->size() != 2) return invalid("The provided key element does not match the schema");
    if (auto checked = check_piece(*read, schema.hash, true); !checked) {
        return std::unexpected(checked.error());
    }
    if (auto checked = check_piece(*read, schema.range, false); !checked) {
        return std::unexpected(checked.error());
    }
    return read;
}

Result<Item> read_start_key(const json::value& key, const TableSchema& schema, bool by_index) {
    constexpr std::string_view kInvalid = "The provided starting key is invalid";
    auto read = read_item(key);
    if (!read) return read;
    std::vector<std::string_view> names{schema.key.hash, schema.key.range};
    // The index has the table's range key, so there is one more attribute.
    if (by_index && schema.index) names.push_back(schema.index->key.hash);
    if (read->size() != names.size()) return invalid(std::string(kInvalid));
    for (const auto name : names) {
        auto checked = check_piece(*read, name, name != schema.key.range);
        if (!checked) return invalid(fmt::format("{}: {}", kInvalid, checked.error().message));
    }
    return read;
}

Result<void> check_key_of(const Item& item, const TableSchema& schema) {
    if (auto checked = check_item_piece(item, schema.key.hash, true); !checked) return checked;
    if (auto checked = check_item_piece(item, schema.key.range, false); !checked) return checked;
    if (!schema.index) return {};
    const auto name = schema.index->key.hash;
    const auto* value = item.if_contains(name);
    if (value == nullptr || type_of(*value) == "S") return {};
    return invalid(
        fmt::format("One or more parameter values were invalid: Type mismatch for Index Key {} "
                    "Expected: S Actual: {} IndexName: {}",
                    name, type_of(*value), schema.index->name));
}

}  // namespace dsdash::endpoint::dynamodb
