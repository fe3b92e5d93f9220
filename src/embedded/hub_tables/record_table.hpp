#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "embedded/storage/account_parts.hpp"
#include "services/metric_browser.hpp"
#include "services/metric_table.hpp"

namespace dsdash::embedded {

class LatestRecords;
class RecordEditor;
class SeriesIds;
class SeriesMoverThread;

/// The primary key: unique in the whole table.
struct RecordKey {
    std::string metric_name;
    TimePoint extraction_date;
    auto operator<=>(const RecordKey&) const = default;
};

/// All series of one metric, drawn together.
struct MetricHistoryQuery {
    std::string metric_name;
    TimePoint from;                ///< inclusive
    TimePoint to;                  ///< exclusive
    std::size_t points_max = 500;  ///< 1-10,000
};

/// A stretch of time to read a page of records from.
struct RecordRange {
    TimePoint from = TimePoint::min();  ///< inclusive
    TimePoint to = TimePoint::max();    ///< inclusive
    bool forward = true;                ///< oldest first
    std::size_t limit = 1'000;          ///< of the records in the page
};

/// One of several disjoint parts that together are the whole table.
struct ScanSegment {
    std::int64_t index = 0;
    std::int64_t total = 1;
};

/// ds-dashboard-hub-table on SQLite. Records arrive in a small table; finished hours are moved into
/// the history, sorted by series, together with their hourly roll-ups (SeriesMover). Every answer
/// is over both, so nobody sees where a record stands. Any thread may call it. A table that is not
/// deployed answers not_found.
class RecordTable final : public MetricTable, public MetricBrowser {
  public:
    /// Who moves finished hours and takes expired ones out: a thread of the table, started by the
    /// first call that reads or puts records, or the caller with move_step() and expire_step().
    enum class Moving { in_background, by_steps };

    explicit RecordTable(const AccountParts& parts, Moving moving = Moving::in_background);
    ~RecordTable() override;
    static const char* schema();
    /// Gives tables that an earlier version of the program made what they lack. To be called after
    /// schema(), before the table is used.
    static Result<void> upgrade(Database& database);

    /// Deploys the table; records that an earlier drop() kept are there again. Idempotent.
    Result<void> create();
    Result<bool> exists();
    /// When create() was called.
    Result<TimePoint> created_at();
    /// The table is no longer deployed. Its records stay in the file unless `delete_data`.
    Result<void> drop(bool delete_data);

    /// An event's id stands for one record: the same event again has the same series and date, and
    /// is found by these. A record whose date is taken moves at most 1,000 microseconds beyond
    /// those that moved from that date before it; conflict when no date is free there.
    std::vector<Result<Stored>> put(std::span<const MetricRecord> records) override;
    Result<std::vector<LatestRecord>> latest() override;
    /// Stretches of equal width from query.from on. Where a point spans an hour or a day or more,
    /// whole ones come from the roll-ups.
    Result<std::vector<HistoryPoint>> history(const HistoryQuery& query) override;
    /// As history(), over every series of one metric; in points of an hour at least when the
    /// query spans two days or more.
    Result<std::vector<HistoryPoint>> metric_history(const MetricHistoryQuery& query);

    Result<std::vector<SeriesTrend>> trends(std::string_view project_name, TimePoint now) override;
    Result<std::vector<MetricRecord>> samples(const SampleQuery& query) override;

    Result<std::optional<MetricRecord>> find(const RecordKey& key);
    Result<std::vector<MetricRecord>> by_metric(std::string_view metric_name,
                                                const RecordRange& range);
    /// By date, then metric. `after`: only what stands behind that key in the range's direction.
    Result<std::vector<MetricRecord>> by_project(std::string_view project_name,
                                                 const RecordRange& range,
                                                 const std::optional<RecordKey>& after);
    /// Metric by metric in the order in which the metrics first came, each by date; at most `limit`
    /// records behind `after`. not_found when the metric of `after` never was in the table.
    Result<std::vector<MetricRecord>> scan(const std::optional<RecordKey>& after,
                                           const ScanSegment& segment, std::size_t limit);
    Result<std::int64_t> count();

    /// Reads and changes single records in one transaction, on disk when it returns. When `edits`
    /// returns an error nothing is changed and that error is the answer.
    Result<void> edit(const std::function<Result<void>(RecordEditor&)>& edits);

    /// From now on takes out what is older than `days` (1 or more), but for what latest() tells;
    /// nothing, as in a new table: keeps it for ever. After drop() nothing is taken out.
    Result<void> keep_for(std::optional<std::chrono::days> days);
    /// Takes at most RecordExpiry::kStepRows records out whose time has come; how many it took.
    /// Zero: nothing is left to take out now.
    Result<std::size_t> expire_step();

    /// Moves at most SeriesMover::kStepRows records of finished hours into the history; how many
    /// it moved. Zero: nothing is left to move now.
    Result<std::size_t> move_step();

  private:
    /// Runs `read` in a read transaction if the table is deployed.
    template <class T>
    Result<T> read(const std::function<Result<T>(Database&)>& read);
    Result<std::size_t> background_step();

    AccountParts parts_;
    std::unique_ptr<SeriesIds> ids_;
    std::unique_ptr<LatestRecords> latest_;
    std::unique_ptr<SeriesMoverThread> mover_;
};

}  // namespace dsdash::embedded
