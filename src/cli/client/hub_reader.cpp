#include "cli/client/hub_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "aws/dynamodb_hub_state.hpp"
#include "aws/dynamodb_metric_table.hpp"
#include "domain/contract.hpp"
#include "items/record_item.hpp"
#include "items/state_item.hpp"

namespace dsdash::cli {

namespace {

using items::string_value;

template <class T>
Result<T> with_hint(Result<T> read) {
    if (!read && read.error().kind == ErrorKind::not_found) {
        read.error().hint = "only a hub has this table: is the hub's stack deployed there?";
    }
    return read;
}

/// One condition for each of the range's names that is given.
json::object history_query(const HistoryRange& range) {
    json::object values{{":metric", string_value(range.metric_name)},
                        {":from", string_value(format_extraction_date(range.from))},
                        {":to", string_value(format_extraction_date(range.to))}};
    std::string filter;
    using Wanted = std::pair<std::string_view, const std::string&>;
    for (const auto& [attribute, value] :
         {Wanted("ProjectName", range.project_name), Wanted("Environment", range.environment),
          Wanted("AccountId", range.account_id)}) {
        if (value.empty()) {
            continue;
        }
        filter += fmt::format("{}{} = :{}", filter.empty() ? "" : " AND ", attribute, attribute);
        values[fmt::format(":{}", attribute)] = string_value(value);
    }
    json::object input{
        {"TableName", contract::kHubTable},
        {"KeyConditionExpression", "MetricName = :metric AND ExtractionDate BETWEEN :from AND :to"},
        {"ScanIndexForward", false}};
    if (filter.empty()) {
        input["Limit"] = range.records_max;
    } else {
        input["FilterExpression"] = filter;
    }
    input["ExpressionAttributeValues"] = std::move(values);
    return input;
}

/// What the query's items hold, in its order, until there are enough; what holds nothing of the
/// kind is left out.
template <class T>
Result<std::vector<T>> read_first(AwsApi& api, const json::object& query, std::size_t count_max,
                                  Result<T> (*read_one)(const items::Item&)) {
    PagedCall pages(api, "dynamodb", "Query", query, kItemPaging);
    std::vector<T> found;
    while (true) {
        const auto page = pages.next();
        if (!page) {
            return std::unexpected(page.error());
        }
        if (!*page) {
            return found;
        }
        for (const auto& item : **page) {
            auto one = read_one(item.get_object());
            if (!one) {
                continue;
            }
            found.push_back(*std::move(one));
            if (found.size() == count_max) {
                return found;
            }
        }
    }
}

json::object quarantine_query(std::size_t events_max) {
    return {
        {"TableName", contract::kHubStateTable},
        {"KeyConditionExpression", "StateKey = :key"},
        {"ExpressionAttributeValues", json::object{{":key", string_value(items::kQuarantineKey)}}},
        {"Limit", events_max}};
}

}  // namespace

Result<std::vector<LatestRecord>> HubReader::latest() {
    auto records = with_hint(aws::DynamoDbMetricTable(api_).latest());
    if (records) {
        std::ranges::sort(*records, {}, [](const MetricRecord& record) {
            const auto& series = record.series;
            return std::tie(series.project_name, series.environment, series.account_id,
                            series.metric_name);
        });
    }
    return records;
}

Result<std::vector<ExtractionReport>> HubReader::reports() {
    return with_hint(aws::DynamoDbHubState(api_).reports());
}

Result<std::vector<Pong>> HubReader::pongs() {
    return with_hint(aws::DynamoDbHubState(api_).pongs());
}

Result<std::vector<QuarantinedEvent>> HubReader::quarantined(std::size_t events_max) {
    return with_hint(
        read_first(api_, quarantine_query(events_max), events_max, items::quarantined_of));
}

Result<std::int64_t> HubReader::count(const CountRange& range) {
    json::object query{
        {"TableName", contract::kHubTable},
        {"KeyConditionExpression", "MetricName = :metric AND ExtractionDate BETWEEN :from AND :to"},
        {"FilterExpression", "begins_with(AccountId, :prefix)"},
        {"ExpressionAttributeValues",
         json::object{{":metric", string_value(range.metric_name)},
                      {":from", string_value(format_extraction_date(range.from))},
                      {":to", string_value(format_extraction_date(range.to))},
                      {":prefix", string_value(range.account_prefix)}}},
        {"Select", "COUNT"}};
    std::int64_t count = 0;
    while (true) {
        auto page = with_hint(api_.call("dynamodb", "Query", query));
        if (!page) {
            return std::unexpected(page.error());
        }
        const auto counted = optional_integer(*page, "Count");
        if (!counted) {
            return std::unexpected(counted.error());
        }
        count += counted->value_or(0);
        const auto* next = page->if_contains("LastEvaluatedKey");
        if (next == nullptr) {
            return count;
        }
        query["ExclusiveStartKey"] = *next;
    }
}

Result<std::vector<MetricRecord>> HubReader::history(const HistoryRange& range) {
    return with_hint(read_first(api_, history_query(range), range.records_max, items::record_of));
}

}  // namespace dsdash::cli
