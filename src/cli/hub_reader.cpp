#include "cli/hub_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <tuple>

#include "cli/answer_fields.hpp"
#include "cli/item.hpp"
#include "domain/contract.hpp"

namespace dsdash::cli {

namespace {

json::object text_value(std::string_view text) {
    return {{"S", text}};
}

/// One page of a Query, as it came.
Result<json::object> query_page(AwsApi& api, const json::object& input) {
    auto page = api.call("dynamodb", "Query", input);
    if (!page && page.error().kind == ErrorKind::not_found) {
        page.error().hint = "only a hub has this table: dsdash deploy hub --account ...";
    }
    return page;
}

/// What a Query finds, all pages but at most `items_max`, each read by `read`.
template <class T>
Result<std::vector<T>> query(AwsApi& api, json::object input, Result<T> (*read)(const Item&),
                             std::size_t items_max = std::numeric_limits<std::size_t>::max()) {
    std::vector<T> found;
    while (true) {
        const auto page = query_page(api, input);
        if (!page) {
            return std::unexpected(page.error());
        }
        for (const auto* item : objects_at(*page, "Items")) {
            auto value = read(Item(*item));
            if (!value) {
                return std::unexpected(value.error());
            }
            found.push_back(std::move(*value));
            if (found.size() == items_max) {
                return found;
            }
        }
        const auto* next = page->if_contains("LastEvaluatedKey");
        if (next == nullptr) {
            return found;
        }
        if (input["ExclusiveStartKey"] == *next) {
            return fail(ErrorKind::internal,
                        "dynamodb Query: the same LastEvaluatedKey came twice");
        }
        input["ExclusiveStartKey"] = *next;
    }
}

json::object state_query(std::string_view state_key) {
    return {{"TableName", contract::kHubStateTable},
            {"KeyConditionExpression", "StateKey = :key"},
            {"ExpressionAttributeValues", json::object{{":key", text_value(state_key)}}}};
}

Result<MetricRecord> record_of(const Item& item) {
    const auto date = parse_extraction_date(item.text("ExtractionDate"));
    const auto value = Decimal::parse(item.number("MetricValue"));
    if (!date || !value) {
        return fail(ErrorKind::internal, fmt::format("the hub's table has a malformed record of {}",
                                                     item.text("MetricName")));
    }
    MetricRecord record;
    record.series = {item.text("MetricName"), item.text("ProjectName"), item.text("Environment"),
                     item.text("AccountId")};
    record.extraction_date = *date;
    record.value = *value;
    record.event_id = item.text("EventId");
    return record;
}

std::int64_t duration_of(const Item& item) {
    const auto text = item.number("DurationMs");
    std::int64_t duration_ms = 0;
    std::from_chars(text.data(), text.data() + text.size(), duration_ms);
    return duration_ms;
}

Result<ExtractionReport> report_of(const Item& item) {
    const auto time = parse_extraction_date(item.text("ReportDate"));
    if (!time) {
        return fail(ErrorKind::internal, fmt::format("the hub's table has a malformed report of {}",
                                                     item.text("AccountId")));
    }
    ExtractionReport report{.account_id = item.text("AccountId"),
                            .project_name = item.text("ProjectName"),
                            .environment = item.text("Environment"),
                            .fetch_id = item.text("FetchId"),
                            .time = *time,
                            .metrics = item.texts("Metrics"),
                            .failures = {},
                            .duration_ms = duration_of(item)};
    for (const auto& failure : item.items("Failures")) {
        report.failures.push_back({failure.text("MetricName"), failure.text("Reason")});
    }
    return report;
}

/// One condition for each of the range's names that is given.
json::object history_query(const HistoryRange& range) {
    json::object values{{":metric", text_value(range.metric_name)},
                        {":from", text_value(format_extraction_date(range.from))},
                        {":to", text_value(format_extraction_date(range.to))}};
    std::string filter;
    using Wanted = std::pair<std::string_view, const std::string&>;
    for (const auto& [attribute, value] :
         {Wanted("ProjectName", range.project_name), Wanted("Environment", range.environment),
          Wanted("AccountId", range.account_id)}) {
        if (value.empty()) {
            continue;
        }
        filter += fmt::format("{}{} = :{}", filter.empty() ? "" : " AND ", attribute, attribute);
        values[fmt::format(":{}", attribute)] = text_value(value);
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

}  // namespace

Result<std::vector<MetricRecord>> HubReader::latest() {
    auto records = query(api_, state_query("latest"), record_of);
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
    return query(api_, state_query("report"), report_of);
}

Result<std::vector<MetricRecord>> HubReader::history(const HistoryRange& range) {
    return query(api_, history_query(range), record_of, range.records_max);
}

}  // namespace dsdash::cli
