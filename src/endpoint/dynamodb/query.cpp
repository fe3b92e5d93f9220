#include <fmt/format.h>

#include "endpoint/dynamodb/errors.hpp"
#include "endpoint/dynamodb/item_key.hpp"
#include "endpoint/dynamodb/key_condition.hpp"
#include "endpoint/dynamodb/operations.hpp"
#include "endpoint/dynamodb/read_request.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

Result<void> check_filter(const std::optional<Node>& filter, const KeySchema& key) {
    Result<void> checked;
    if (!filter) return checked;
    for_each_path(*filter, [&](const Path& path) {
        const auto& head = std::get<std::string>(path.front());
        if (checked && (head == key.hash || head == key.range)) {
            checked =
                invalid(fmt::format("Filter Expression can only contain non-primary key "
                                    "attributes: Primary key attribute: {}",
                                    head));
        }
    });
    return checked;
}

/// A start that the query itself would never have answered is a mistake.
Result<void> check_start(const Item& start, const KeyCondition& condition, const KeySchema& key) {
    if (text_of(start.at(key.hash)) != condition.hash) {
        return invalid(
            "The provided starting key is outside query boundaries based on provided conditions");
    }
    if (!condition.range.contains(text_of(start.at(key.range)))) {
        return invalid("The provided starting key does not match the range key predicate");
    }
    return {};
}

}  // namespace

Result<json::object> query(CallContext& context, const json::object& input) {
    RequestFields fields(input);
    const bool forward = fields.flag("ScanIndexForward", true);
    auto request = ReadRequest::read(input, fields, true);
    if (!request) return std::unexpected(request.error());
    if (!request->key_condition) {
        return invalid(
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in the "
            "request.");
    }
    auto table = open_table(context, request->table_name);
    if (!table) return std::unexpected(table.error());
    const auto& schema = (*table)->schema();
    if (auto checked = check_against_schema(*request, schema); !checked) {
        return std::unexpected(checked.error());
    }
    const bool by_index = request->index_name.has_value();
    const auto& key = by_index ? schema.index->key : schema.key;
    auto condition = read_key_condition(*request->key_condition, key);
    if (!condition) return std::unexpected(condition.error());
    if (auto checked = check_filter(request->filter, key); !checked) {
        return std::unexpected(checked.error());
    }
    std::optional<Item> start;
    if (request->start_key != nullptr) {
        auto read = read_start_key(*request->start_key, schema, by_index);
        if (!read) return std::unexpected(read.error());
        start = *std::move(read);
        if (auto checked = check_start(*start, *condition, key); !checked) {
            return std::unexpected(checked.error());
        }
    }
    return read_page(*request, schema, std::move(start),
                     [&](const std::optional<Item>& after, std::size_t limit) {
                         return (*table)->query({.hash = condition->hash,
                                                 .range = condition->range,
                                                 .by_index = by_index,
                                                 .forward = forward,
                                                 .after = after,
                                                 .limit = limit});
                     });
}

}  // namespace dsdash::endpoint::dynamodb
