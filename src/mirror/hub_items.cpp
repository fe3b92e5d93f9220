#include "mirror/hub_items.hpp"

#include <fmt/format.h>

#include <limits>

#include "domain/contract.hpp"
#include "items/record_item.hpp"
#include "items/state_item.hpp"

namespace dsdash::mirror {

namespace {

using items::string_value;

constexpr auto kAll = std::numeric_limits<std::size_t>::max();

std::unexpected<Error> with_hint(Error error) {
    if (error.kind == ErrorKind::not_found && error.hint.empty()) {
        error.hint = "only a hub has this table: is the hub's stack deployed there?";
    }
    return std::unexpected(std::move(error));
}

}  // namespace

template <class T>
Result<std::vector<T>> HubItems::state_items(std::string_view state_key,
                                             Result<T> (*read_one)(const json::object&),
                                             std::size_t items_max) {
    json::object query{
        {"TableName", contract::kHubStateTable},
        {"KeyConditionExpression", "StateKey = :key"},
        {"ExpressionAttributeValues", json::object{{":key", string_value(state_key)}}}};
    if (items_max != kAll) query["Limit"] = items_max;
    PagedCall pages(api_, "dynamodb", "Query", std::move(query), kItemPaging);
    std::vector<T> all;
    while (all.size() < items_max) {
        const auto page = pages.next();
        if (!page) return with_hint(page.error());
        if (!*page) break;
        for (const auto& value : **page) {
            const auto& item = value.get_object();
            auto one = read_one(item);
            if (one) {
                all.push_back(*std::move(one));
                continue;
            }
            skipped_.note(contract::kHubStateTable,
                          fmt::format("{} {}", state_key, items::text_at(item, "SortKey", "S")),
                          one.error().message);
        }
    }
    if (all.size() > items_max)
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(items_max), all.end());
    return all;
}

Result<std::vector<LatestRecord>> HubItems::latest() {
    return state_items(items::kLatestKey, items::latest_of, kAll);
}

Result<std::vector<ExtractionReport>> HubItems::reports() {
    return state_items(items::kReportKey, items::report_of, kAll);
}

Result<std::vector<Pong>> HubItems::pongs() {
    return state_items(items::kPongKey, items::pong_of, kAll);
}

Result<std::vector<QuarantinedEvent>> HubItems::quarantined(std::size_t events_max) {
    return state_items(items::kQuarantineKey, items::quarantined_of, events_max);
}

Result<RecordPage> HubItems::backwards(std::string_view metric_name, const std::string& key) {
    return page(
        {{"TableName", contract::kHubTable},
         {"KeyConditionExpression", "MetricName = :metric"},
         {"ExpressionAttributeValues", json::object{{":metric", string_value(metric_name)}}},
         {"ScanIndexForward", false}},
        key);
}

Result<RecordPage> HubItems::forwards(std::string_view metric_name, TimePoint from,
                                      const std::string& key) {
    return page({{"TableName", contract::kHubTable},
                 {"KeyConditionExpression", "MetricName = :metric AND ExtractionDate >= :from"},
                 {"ExpressionAttributeValues",
                  json::object{{":metric", string_value(metric_name)},
                               {":from", string_value(format_extraction_date(from))}}}},
                key);
}

Result<RecordPage> HubItems::page(json::object query, const std::string& key) {
    if (!key.empty()) {
        auto start = parse_json_object(key);
        if (!start) return std::unexpected(std::move(start.error()));
        query["ExclusiveStartKey"] = *std::move(start);
    }
    const auto answer = api_.call("dynamodb", "Query", query);
    if (!answer) return with_hint(answer.error());
    const auto found = optional_array(*answer, "Items");
    if (!found) return std::unexpected(found.error());
    RecordPage page;
    if (const auto* next = answer->if_contains("LastEvaluatedKey"); next && next->is_object()) {
        page.next_key = json::serialize(*next);
    }
    if (*found == nullptr) return page;
    page.records.reserve((*found)->size());
    for (const auto& value : **found) {
        if (!value.is_object()) continue;
        const auto& item = value.get_object();
        auto record = items::record_of(item);
        if (record) {
            page.records.push_back(*std::move(record));
            continue;
        }
        skipped_.note(contract::kHubTable,
                      fmt::format("{} {}", items::text_at(item, "MetricName", "S"),
                                  items::text_at(item, "ExtractionDate", "S")),
                      record.error().message);
    }
    if (page.next_key == key && !key.empty()) {
        return fail(ErrorKind::internal, "dynamodb Query: the same LastEvaluatedKey came twice");
    }
    return page;
}

}  // namespace dsdash::mirror
