#include "aws/record_placer.hpp"

#include <fmt/format.h>

#include "aws/conditional_write.hpp"
#include "domain/contract.hpp"
#include "items/record_item.hpp"

namespace dsdash::aws {

namespace {

using std::chrono::microseconds;

/// Whether `stored` is what an earlier put of `record` left: of the same event, or the same value
/// of the same series for the same date. The Python reference's archive knew no accounts, so its
/// row of the same event has none.
bool is_copy(const MetricRecord& stored, const MetricRecord& record, TimePoint date) {
    if (!record.event_id.empty() && stored.event_id == record.event_id) return true;
    auto series = record.series;
    if (stored.series.account_id.empty()) series.account_id.clear();
    return stored.series == series && stored.value == record.value &&
           stored.original_extraction_date.value_or(stored.extraction_date) == date;
}

MetricRecord record_at(const MetricRecord& record, TimePoint date, TimePoint place) {
    auto placed = record;
    placed.extraction_date = place;
    placed.original_extraction_date.reset();
    if (place != date) placed.original_extraction_date = date;
    return placed;
}

}  // namespace

/// What stands at a record's date and at the places it may move to.
struct RecordPlacer::Neighbours {
    std::optional<MetricRecord> copy;
    TimePoint free_place;  ///< the first one, if there is no copy
};

items::Item RecordPlacer::item_of(const MetricRecord& record) const {
    auto item = items::to_item(record);
    if (retention_) {
        const auto end =
            std::chrono::floor<std::chrono::seconds>(record.extraction_date + *retention_);
        item[contract::kExpirationAttribute] =
            items::number_value(std::to_string(end.time_since_epoch().count()));
    }
    return item;
}

Result<RecordPlacer::Placed> RecordPlacer::place(const MetricRecord& record) {
    const auto date = record.original_extraction_date.value_or(record.extraction_date);
    auto placed = record_at(record, date, date);
    // Others may take the place that was free; each time that happens one place fewer is left.
    for (int attempt = 0; attempt <= kMoveMax; ++attempt) {
        const auto put = put_if(api_, table_, item_of(placed), "attribute_not_exists(MetricName)");
        if (!put) return std::unexpected(put.error());
        if (*put) {
            const bool moved = placed.original_extraction_date.has_value();
            return Placed{moved ? Stored::moved : Stored::inserted, std::move(placed)};
        }
        auto neighbours = read_neighbours(record, date);
        if (!neighbours) return std::unexpected(neighbours.error());
        if (neighbours->copy) return Placed{Stored::duplicate, *std::move(neighbours->copy)};
        if (neighbours->free_place > date + microseconds(kMoveMax)) break;
        placed = record_at(record, date, neighbours->free_place);
    }
    return fail(ErrorKind::conflict,
                fmt::format("ExtractionDate {} and the {} microseconds after it are taken",
                            format_extraction_date(date), kMoveMax));
}

Result<RecordPlacer::Neighbours> RecordPlacer::read_neighbours(const MetricRecord& record,
                                                               TimePoint date) {
    const auto last = date + microseconds(kMoveMax);
    Neighbours found{std::nullopt, date};
    const auto read = for_each_item(
        api_, "dynamodb", "Query",
        {{"TableName", table_},
         {"KeyConditionExpression",
          "MetricName = :metric AND ExtractionDate BETWEEN :from AND :to"},
         {"ExpressionAttributeValues",
          {{":metric", items::string_value(record.series.metric_name)},
           {":from", items::string_value(format_extraction_date(date))},
           {":to", items::string_value(format_extraction_date(last))}}},
         {"ConsistentRead", true}},
        kItemPaging, [&](const items::Item& item) -> Result<void> {
            // A row that is no record takes its place all the same.
            const auto place = parse_extraction_date(items::text_at(item, "ExtractionDate", "S"));
            if (place && *place == found.free_place) found.free_place += microseconds(1);
            auto stored = items::record_of(item);
            if (!found.copy && stored && is_copy(*stored, record, date)) {
                found.copy = *std::move(stored);
            }
            return {};
        });
    if (!read) return std::unexpected(read.error());
    return found;
}

}  // namespace dsdash::aws
