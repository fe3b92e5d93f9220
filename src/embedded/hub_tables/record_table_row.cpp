#include "embedded/hub_tables/record_table_row.hpp"

#include <fmt/format.h>

namespace dsdash::embedded {

Result<MetricRecord> read_record(const Rows& rows) {
    auto value = Decimal::parse(rows.text(5));
    if (!value) {
        return fail(
            ErrorKind::internal,
            fmt::format("the account's file: a record of {} holds \"{}\", which is no number",
                        rows.text(0), rows.text(5)));
    }
    return MetricRecord{
        .series = {std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2)),
                   std::string(rows.text(3))},
        .extraction_date = to_time(rows.integer(4)),
        .value = *std::move(value),
        .metadata = rows.is_null(7) ? "{}" : std::string(rows.text(7)),
        .event_id = std::string(rows.text(6)),
        .original_extraction_date =
            rows.is_null(8) ? std::nullopt : std::optional(to_time(rows.integer(8))),
    };
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
