#include "embedded/hub_tables/record_table_row.hpp"

#include <fmt/format.h>

namespace dsdash::embedded {

Result<MetricRecord> read_record(const Rows& rows, SeriesKey series, int first_column) {
    const int value_column = first_column + 1;
    auto value = rows.is_integer(value_column) ? Decimal(rows.integer(value_column))
                                               : Decimal::parse(rows.text(value_column));
    if (!value) {
        return fail(
            ErrorKind::internal,
            fmt::format("the account's file: a record of {} holds \"{}\", which is no number",
                        series.metric_name, rows.text(value_column)));
    }
    const int metadata_column = first_column + 3;
    const int original_column = first_column + 4;
    const int delay_column = first_column + 5;
    return MetricRecord{
        .series = std::move(series),
        .extraction_date = to_time(rows.integer(first_column)),
        .value = *std::move(value),
        .metadata = rows.is_null(metadata_column) ? "{}" : std::string(rows.text(metadata_column)),
        .event_id = read_event_id(rows, first_column + 2),
        .original_extraction_date = rows.is_null(original_column)
                                        ? std::nullopt
                                        : std::optional(to_time(rows.integer(original_column))),
        .delivery_delay =
            rows.is_null(delay_column)
                ? std::nullopt
                : std::optional(std::chrono::milliseconds(rows.integer(delay_column))),
    };
}

Result<MetricRecord> read_record(const Rows& rows) {
    return read_record(rows,
                       {std::string(rows.text(0)), std::string(rows.text(1)),
                        std::string(rows.text(2)), std::string(rows.text(3))},
                       4);
}

Result<std::vector<MetricRecord>> read_records(Rows rows) {
    std::vector<MetricRecord> records;
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) return records;
        auto record = read_record(rows);
        if (!record) return std::unexpected(record.error());
        records.push_back(*std::move(record));
    }
}

Result<std::optional<MetricRecord>> read_first_record(Rows rows) {
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::nullopt;
    auto record = read_record(rows);
    if (!record) return std::unexpected(record.error());
    return *std::move(record);
}

}  // namespace dsdash::embedded
