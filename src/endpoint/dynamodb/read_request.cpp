#include "endpoint/dynamodb/read_request.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "endpoint/dynamodb/capacity.hpp"
#include "endpoint/dynamodb/condition_evaluator.hpp"
#include "endpoint/dynamodb/errors.hpp"
#include "endpoint/dynamodb/expressions.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr std::size_t kPageBytesMax = 1024 * 1024;  // developer guide, "Quotas"
constexpr std::size_t kFetchItems = 500;

Result<void> check_select(const ReadRequest& request) {
    const auto select = request.select.value_or("");
    if (select == "ALL_PROJECTED_ATTRIBUTES" && !request.index_name) {
        return invalid(
            "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
    }
    if (select == "SPECIFIC_ATTRIBUTES" && !request.projection) {
        return invalid(
            "Must specify the AttributesToGet or ProjectionExpression when choosing to get "
            "SPECIFIC_ATTRIBUTES");
    }
    if (request.projection && !select.empty() && select != "SPECIFIC_ATTRIBUTES") {
        return invalid(
            fmt::format("Cannot specify the ProjectionExpression when choosing to get {}",
                        select == "COUNT" ? "only the Count" : select));
    }
    return {};
}

/// The placeholders first, for the expressions point into them.
Result<void> read_expressions(const json::object& input, ReadRequest& request,
                              bool has_key_condition) {
    auto placeholders = Placeholders::read(input);
    if (!placeholders) return std::unexpected(placeholders.error());
    request.placeholders = *std::move(placeholders);
    if (has_key_condition) {
        auto condition = condition_at(input, "KeyConditionExpression", request.placeholders);
        if (!condition) return std::unexpected(condition.error());
        request.key_condition = *std::move(condition);
    }
    auto filter = condition_at(input, "FilterExpression", request.placeholders);
    if (!filter) return std::unexpected(filter.error());
    request.filter = *std::move(filter);
    auto projection = projection_of(input, request.placeholders);
    if (!projection) return std::unexpected(projection.error());
    request.projection = *std::move(projection);
    return request.placeholders.check_all_used();
}

/// The items of one page as they are looked at.
struct Page {
    json::array items;  ///< that met the filter, as the answer has them
    std::size_t met = 0;
    std::size_t looked_at = 0;
    std::size_t bytes = 0;
    std::optional<Item> last_key;

    void look_at(const Item& item, const ReadRequest& request, const TableSchema& schema) {
        ++looked_at;
        bytes += item_size_bytes(item);
        last_key = key_of(item, schema, request.index_name.has_value());
        if (request.filter && !is_met(*request.filter, item)) return;
        ++met;
        if (request.select == "COUNT") return;
        items.push_back(request.projection ? project(*request.projection, item) : item);
    }
};

/// Whether the page ended before the items did, or may have.
Result<bool> fill_page(Page& page, const ReadRequest& request, const TableSchema& schema,
                       const FetchItems& fetch) {
    const auto items_max = request.limit ? static_cast<std::size_t>(*request.limit)
                                         : std::numeric_limits<std::size_t>::max();
    while (true) {
        const auto wanted = std::min(kFetchItems, items_max - page.looked_at);
        auto items = fetch(page.last_key, wanted);
        if (!items) return std::unexpected(items.error());
        for (const auto& item : *items) {
            page.look_at(item, request, schema);
            if (page.looked_at == items_max || page.bytes >= kPageBytesMax) return true;
        }
        if (items->size() < wanted) return false;
    }
}

}  // namespace

Result<ReadRequest> ReadRequest::read(const json::object& input, RequestFields& fields,
                                      bool has_key_condition) {
    ReadRequest request;
    request.table_name = fields.table_name();
    request.index_name = fields.text("IndexName");
    request.limit = fields.integer("Limit", 1);
    request.is_consistent = fields.flag("ConsistentRead", false);
    request.select = fields.choice(
        "Select", {"SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"});
    request.capacity = read_capacity_choice(fields);
    request.start_key = fields.value("ExclusiveStartKey", false);
    fields.refuse_legacy(
        {"AttributesToGet", "QueryFilter", "ScanFilter", "ConditionalOperator", "KeyConditions"});
    if (auto finished = fields.finish(); !finished) return std::unexpected(finished.error());

    auto used = has_key_condition
                    ? check_has_expressions(input, {"ProjectionExpression", "FilterExpression",
                                                    "KeyConditionExpression"})
                    : check_has_expressions(input, {"ProjectionExpression", "FilterExpression"});
    if (!used) return std::unexpected(used.error());
    if (auto read = read_expressions(input, request, has_key_condition); !read) {
        return std::unexpected(read.error());
    }
    if (auto checked = check_select(request); !checked) return std::unexpected(checked.error());
    return request;
}

Result<void> check_against_schema(const ReadRequest& request, const TableSchema& schema) {
    if (request.index_name) {
        if (!schema.index || schema.index->name != *request.index_name) {
            return invalid(fmt::format("The table does not have the specified index: {}",
                                       *request.index_name));
        }
        if (request.is_consistent) {
            return invalid("Consistent reads are not supported on global secondary indexes");
        }
    }
    if (request.projection) {
        if (auto checked = check_key_paths(*request.projection, schema); !checked) return checked;
    }
    return request.filter ? check_key_paths(*request.filter, schema) : Result<void>{};
}

Result<json::object> read_page(const ReadRequest& request, const TableSchema& schema,
                               std::optional<Item> start, const FetchItems& fetch) {
    Page page;
    page.last_key = std::move(start);
    auto has_more = fill_page(page, request, schema, fetch);
    if (!has_more) return std::unexpected(has_more.error());
    json::object output;
    if (request.select != "COUNT") output["Items"] = std::move(page.items);
    output["Count"] = page.met;
    output["ScannedCount"] = page.looked_at;
    if (*has_more) output["LastEvaluatedKey"] = *page.last_key;
    add_capacity(output, request.capacity, schema.name,
                 read_units(page.bytes, request.is_consistent));
    return output;
}

}  // namespace dsdash::endpoint::dynamodb
