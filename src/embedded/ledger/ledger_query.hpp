#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/utc_time.hpp"
#include "embedded/storage/sqlite.hpp"

namespace dsdash::embedded {

/// What SageMaker's list operations ask a ledger. Moments are exclusive.
struct LedgerQuery {
    enum class SortBy { name, creation_time, status };

    std::string name_contains;
    std::string status;  ///< "InProgress"; empty: any
    std::optional<TimePoint> created_after;
    std::optional<TimePoint> created_before;
    std::optional<TimePoint> modified_after;
    std::optional<TimePoint> modified_before;
    SortBy sort_by = SortBy::creation_time;
    bool descending = false;
    std::size_t size_max = 10;
    std::string after;  ///< LedgerPosition of the page before; empty: the first page
};

/// Entries of a ledger, and where the next page starts unless this is the last one.
template <class Entry>
struct LedgerPage {
    std::vector<Entry> entries;
    std::optional<std::string> next;
};

/// Starts the query over `table`, which has the columns name, status, created and modified: all its
/// columns, and before them the position of each row. One row more than size_max comes, if there
/// is one.
Rows query_ledger(Database& database, std::string_view table, const LedgerQuery& query);

/// Runs the query to its end; `read_row` makes an entry of a row, whose columns start at 1.
template <class Entry>
Result<LedgerPage<Entry>> read_ledger_page(Database& database, std::string_view table,
                                           const LedgerQuery& query,
                                           Entry (*read_row)(const Rows&)) {
    Rows rows = query_ledger(database, table, query);
    LedgerPage<Entry> page;
    std::string last;
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) return page;
        if (page.entries.size() == query.size_max) {
            page.next = std::move(last);
            return page;
        }
        last = rows.text(0);
        page.entries.push_back(read_row(rows));
    }
}

}  // namespace dsdash::embedded
