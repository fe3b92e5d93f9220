#include "endpoint/dynamodb/hub_table.hpp"

#include "domain/contract.hpp"
#include "endpoint/dynamodb/date_range.hpp"
#include "endpoint/dynamodb/errors.hpp"
#include "endpoint/dynamodb/record_item.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr auto kOneMicrosecond = std::chrono::microseconds(1);

Result<std::vector<Item>> to_items(const Result<std::vector<MetricRecord>>& records) {
    if (!records) return std::unexpected(records.error());
    std::vector<Item> items;
    items.reserve(records->size());
    for (const auto& record : *records) items.push_back(to_item(record));
    return items;
}

Result<embedded::RecordKey> start_key(const Item& after) {
    auto key = record_key(after);
    if (!key) return invalid("The provided starting key is invalid");
    return *std::move(key);
}

}  // namespace

const TableSchema& HubTable::schema() const {
    static const TableSchema kSchema{
        .name = contract::kHubTable,
        .key = {"MetricName", "ExtractionDate"},
        .index = IndexSchema{contract::kProjectIndex, {"ProjectName", "ExtractionDate"}}};
    return kSchema;
}

Result<TimePoint> HubTable::created_at() {
    return records_.created_at();
}

Result<std::int64_t> HubTable::count() {
    return records_.count();
}

Result<std::optional<Item>> HubTable::get(const Item& key) {
    const auto wanted = record_key(key);
    if (!wanted) return std::nullopt;
    auto record = records_.find(*wanted);
    if (!record) return std::unexpected(record.error());
    if (!*record) return std::nullopt;
    return to_item(**record);
}

Result<std::vector<Item>> HubTable::query(const KeyQuery& query) {
    const auto dates = dates_in(query.range);
    if (!dates) return std::vector<Item>{};
    embedded::RecordRange range{
        .from = dates->first, .to = dates->last, .forward = query.forward, .limit = query.limit};
    std::optional<embedded::RecordKey> after;
    if (query.after) {
        auto key = start_key(*query.after);
        if (!key) return std::unexpected(key.error());
        after = *std::move(key);
    }
    if (query.by_index) return to_items(records_.by_project(query.hash, range, after));
    if (after && query.forward) range.from = after->extraction_date + kOneMicrosecond;
    if (after && !query.forward) range.to = after->extraction_date - kOneMicrosecond;
    return to_items(records_.by_metric(query.hash, range));
}

Result<std::vector<Item>> HubTable::scan(const std::optional<Item>& after,
                                         const embedded::ScanSegment& segment, std::size_t limit) {
    std::optional<embedded::RecordKey> start;
    if (after) {
        auto key = start_key(*after);
        if (!key) return std::unexpected(key.error());
        start = *std::move(key);
    }
    auto records = records_.scan(start, segment, limit);
    if (!records && start && records.error().code.empty() &&
        records.error().kind == ErrorKind::not_found) {
        return invalid("The provided starting key is invalid");
    }
    return to_items(records);
}

std::optional<embedded::RecordKey> record_key(const Item& key) {
    const auto date = parse_extraction_date(text_of(key.at("ExtractionDate")));
    if (!date) return std::nullopt;
    return embedded::RecordKey{std::string(text_of(key.at("MetricName"))), *date};
}

}  // namespace dsdash::endpoint::dynamodb
