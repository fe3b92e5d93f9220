#pragma once

#include <map>

#include "mirror/hub_items.hpp"
#include "mirror/mirror_file.hpp"

namespace dsdash::mirror {

/// Brings a MirrorFile up to date with the hub's two tables. What it promises, while its calls
/// succeed:
/// - After the first poll() the file has the newest record of every series and when those before it
///   came, every report and pong, and the first kQuarantinedMax quarantined events by id; after
///   each later one also all records that made a series' newest move on. An event that has left the
///   quarantine leaves the file.
/// - step() after step() reads the history of all metrics, from now backwards, and again what late
///   events may have added: whatever reaches the hub within kLate of its date is in the file
///   kRereadInterval later, whatever does within kVeryLate a day later.
/// - A record stands in the file under the date and with the content that it has in the hub's
///   table; one that is overwritten there is overwritten here when it is read again. One that is
///   deleted there stays.
/// - Metrics are those that the hub's "latest" items name.
/// - What is not read to its end, because a call fails or the process dies, is read again from the
///   last page that is on disk; nothing is passed over.
/// Errors are the AwsApi's and the file's. For one thread.
class HubMirror {
  public:
    /// EventBridge delivers for 24 hours; spokes' clocks may be wrong by up to an hour.
    static constexpr std::chrono::hours kLate{25};
    static constexpr std::chrono::hours kRereadInterval{1};
    /// Dead letters lie in their queues for 14 days, and may be sent again until then.
    static constexpr std::chrono::days kVeryLate{15};
    static constexpr std::chrono::days kFarRereadInterval{1};
    static constexpr std::size_t kQuarantinedMax = 1'000;

    /// All must outlive it.
    HubMirror(AwsApi& hub, MirrorFile& file, const Clock& clock)
        : items_(hub, skipped_), file_(file), clock_(clock) {}

    /// Reads what is new.
    Result<void> poll();
    /// Reads one page of history, or one metric again; false: there is nothing to do now.
    Result<bool> step();

    struct Progress {
        std::size_t metrics = 0;
        std::size_t complete = 0;          ///< whose history has been read to its beginning
        std::optional<TimePoint> back_to;  ///< how far all histories reach; nothing: not begun
        std::size_t records = 0;           ///< put into the file by this object
        std::size_t state_changes = 0;     ///< reports, pongs and quarantined events: come or gone
        std::size_t skipped = 0;           ///< items that cannot be read
    };
    [[nodiscard]] Progress progress() const;

  private:
    using Dates = std::map<SeriesKey, TimePoint>;

    Result<void> load_metrics();
    Result<Dates> newest_dates();
    /// Of the metrics that are not known yet; makes them known.
    Result<void> put_new_metrics(const std::vector<LatestRecord>& latest);
    Result<void> read_moved(const std::vector<LatestRecord>& latest);
    Result<void> put_newer(const std::vector<LatestRecord>& latest);
    Result<void> note_previous_dates(const std::vector<LatestRecord>& latest);
    Result<void> poll_state();
    Result<void> poll_quarantine();

    MirroredMetric* find_due();
    MirroredMetric* find_unread();
    Result<void> read_again(MirroredMetric& metric);
    Result<void> read_history(MirroredMetric& metric);
    Result<void> read_from(const std::string& metric_name, TimePoint from);
    /// Stores those that the file has not, or has with another content.
    Result<void> store(std::vector<MetricRecord> records);
    Result<void> recall_previous_dates(const std::vector<MetricRecord>& records);

    SkippedItems skipped_;
    HubItems items_;
    MirrorFile& file_;
    const Clock& clock_;
    bool has_loaded_ = false;
    std::map<std::string, MirroredMetric> metrics_;
    std::size_t records_ = 0;
    std::size_t state_changes_ = 0;
};

}  // namespace dsdash::mirror
