#include "embedded/ledger/ledger_query.hpp"

#include <fmt/format.h>

#include "embedded/storage/stored_time.hpp"

namespace dsdash::embedded {

namespace {

std::string_view column_of(LedgerQuery::SortBy sort_by) {
    switch (sort_by) {
        case LedgerQuery::SortBy::name:
            return "name";
        case LedgerQuery::SortBy::status:
            return "status";
        case LedgerQuery::SortBy::creation_time:
            break;
    }
    return "created";
}

std::optional<std::int64_t> to_micros_if_given(const std::optional<TimePoint>& time) {
    if (!time) return {};
    return to_micros(*time);
}

}  // namespace

Rows query_ledger(Database& database, std::string_view table, const LedgerQuery& query) {
    // Only names of columns and tables are put into the text; values are bound.
    // A page goes on by value, not by row number: rows that come or go meanwhile shift nothing.
    const std::string sql = fmt::format(
        "SELECT {0} || ':' || name, * FROM {1} WHERE instr(name, ?1) > 0"
        " AND (?2 = '' OR status = ?2)"
        " AND (?3 IS NULL OR created > ?3) AND (?4 IS NULL OR created < ?4)"
        " AND (?5 IS NULL OR modified > ?5) AND (?6 IS NULL OR modified < ?6)"
        " AND (?7 IS NULL OR ({0}, name) {2} (?7, ?8))"
        " ORDER BY {0} {3}, name {3} LIMIT ?9",
        column_of(query.sort_by), table, query.descending ? "<" : ">",
        query.descending ? "DESC" : "ASC");
    std::optional<std::string> key;
    std::string name;
    if (!query.after.empty()) {
        const std::size_t colon = std::min(query.after.find(':'), query.after.size() - 1);
        key = query.after.substr(0, colon);
        name = query.after.substr(colon + 1);
    }
    return database.query(
        sql, query.name_contains, query.status, to_micros_if_given(query.created_after),
        to_micros_if_given(query.created_before), to_micros_if_given(query.modified_after),
        to_micros_if_given(query.modified_before), key, name,
        static_cast<std::int64_t>(query.size_max) + 1);
}

}  // namespace dsdash::embedded
