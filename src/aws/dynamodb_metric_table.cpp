#include "aws/dynamodb_metric_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "aws/conditional_write.hpp"
#include "aws/latest_item_update.hpp"
#include "aws/record_placer.hpp"
#include "aws/state_query.hpp"
#include "domain/series_state.hpp"
#include "items/record_item.hpp"
#include "items/state_item.hpp"
#include "services/history_points.hpp"

namespace dsdash::aws {

namespace {

using items::string_value;

constexpr std::size_t kPutRecordsMax = 10'000;
// docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
constexpr std::size_t kSortKeyBytesMax = 1'024;

/// Of the records of one series that were put: which, and those that its latest item needs.
struct SeriesPut {
    std::vector<std::size_t> indexes;
    std::map<TimePoint, MetricRecord> newest;

    void add(std::size_t index, const MetricRecord& record) {
        indexes.push_back(index);
        newest.insert_or_assign(record.extraction_date, record);
        if (newest.size() > 1 + kPreviousDatesMax) newest.erase(newest.begin());
    }
};

Result<void> check_series(const SeriesKey& series) {
    if (auto checked = check_names(series); !checked) return checked;
    const auto bytes = items::series_sort_key(series).size();
    if (bytes <= kSortKeyBytesMax) return {};
    return fail(ErrorKind::malformed_input,
                fmt::format("MetricName, ProjectName and Environment are too long together: the "
                            "series' sort key would have {} bytes, at most {} are allowed",
                            bytes, kSortKeyBytesMax));
}

Result<void> raise_latest(AwsApi& api, const std::string& table, const SeriesPut& put) {
    for (const auto& [date, record] : put.newest) {
        const auto raised = update_if(api, latest_item_update(table, record));
        if (!raised) return std::unexpected(raised.error());
    }
    return {};
}

json::object history_query(const std::string& table, const SeriesKey& series,
                           const HistorySpan& span) {
    const auto last = span.to - std::chrono::microseconds(1);
    json::object values{{":metric", string_value(series.metric_name)},
                        {":project", string_value(series.project_name)},
                        {":environment", string_value(series.environment)},
                        {":from", string_value(format_extraction_date(span.from))},
                        {":to", string_value(format_extraction_date(last))}};
    std::string filter = "ProjectName = :project AND Environment = :environment AND ";
    if (series.account_id.empty()) {
        filter += "attribute_not_exists(AccountId)";
    } else {
        filter += "AccountId = :account";
        values[":account"] = string_value(series.account_id);
    }
    return {
        {"TableName", table},
        {"KeyConditionExpression", "MetricName = :metric AND ExtractionDate BETWEEN :from AND :to"},
        {"FilterExpression", filter},
        {"ProjectionExpression", "ExtractionDate, MetricValue"},
        {"ExpressionAttributeValues", std::move(values)}};
}

}  // namespace

std::vector<Result<Stored>> DynamoDbMetricTable::put(std::span<const MetricRecord> records) {
    if (records.size() > kPutRecordsMax) {
        return {records.size(),
                fail(ErrorKind::malformed_input,
                     fmt::format("a put may have at most {} records", kPutRecordsMax))};
    }
    std::vector<Result<Stored>> answers;
    answers.reserve(records.size());
    std::map<SeriesKey, SeriesPut> puts;
    RecordPlacer placer(api_, names_.records, retention_);
    for (const auto& record : records) {
        const auto checked = check_series(record.series);
        if (!checked) {
            answers.emplace_back(std::unexpected(checked.error()));
            continue;
        }
        auto placed = placer.place(record);
        if (!placed) {
            answers.emplace_back(std::unexpected(placed.error()));
            continue;
        }
        puts[placed->record.series].add(answers.size(), placed->record);
        answers.emplace_back(placed->stored);
    }
    for (const auto& [series, put] : puts) {
        const auto raised = raise_latest(api_, names_.state, put);
        if (raised) continue;
        for (const auto index : put.indexes) answers[index] = std::unexpected(raised.error());
    }
    return answers;
}

Result<std::vector<LatestRecord>> DynamoDbMetricTable::latest() {
    auto records = read_state(api_, names_.state, items::kLatestKey, items::latest_of);
    if (records) std::ranges::sort(*records, {}, &LatestRecord::series);
    return records;
}

Result<std::vector<HistoryPoint>> DynamoDbMetricTable::history(const HistoryQuery& query) {
    const auto span = check_span(query.from, query.to, query.points_max);
    if (!span) return std::unexpected(span.error());
    if (span->from == span->to) return std::vector<HistoryPoint>{};
    std::vector<RollUp> samples;
    const auto read = for_each_item(
        api_, "dynamodb", "Query", history_query(names_.records, query.series, *span), kItemPaging,
        [&](const items::Item& item) -> Result<void> {
            const auto date = parse_extraction_date(items::text_at(item, "ExtractionDate", "S"));
            const auto value = items::value_of(item);
            if (date && value) samples.emplace_back().add(*date, value->to_double());
            return {};
        });
    if (!read) return std::unexpected(read.error());
    return draw(samples, *span);
}

}  // namespace dsdash::aws
