#include "cli/hub_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "aws/dynamodb_hub_state.hpp"
#include "aws/dynamodb_metric_table.hpp"
#include "domain/contract.hpp"
#include "items/record_item.hpp"

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

/// The newest records first, until there are enough.
Result<std::vector<MetricRecord>> read_history(AwsApi& api, const HistoryRange& range) {
    PagedCall pages(api, "dynamodb", "Query", history_query(range), kItemPaging);
    std::vector<MetricRecord> records;
    while (true) {
        const auto page = pages.next();
        if (!page) {
            return std::unexpected(page.error());
        }
        if (!*page) {
            return records;
        }
        for (const auto& item : **page) {
            auto record = items::record_of(item.get_object());
            if (!record) {
                continue;
            }
            records.push_back(*std::move(record));
            if (records.size() == range.records_max) {
                return records;
            }
        }
    }
}

}  // namespace

Result<std::vector<MetricRecord>> HubReader::latest() {
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

Result<std::vector<MetricRecord>> HubReader::history(const HistoryRange& range) {
    return with_hint(read_history(api_, range));
}

}  // namespace dsdash::cli
