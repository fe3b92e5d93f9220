#include "mirror/mirrored_metrics.hpp"

#include "embedded/storage/stored_time.hpp"

namespace dsdash::mirror {

using embedded::Database;
using embedded::from_micros;
using embedded::Rows;
using embedded::to_micros;

const char* MirroredMetrics::schema() {
    return R"sql(
CREATE TABLE IF NOT EXISTS mirrored_metric(
  metric_name TEXT PRIMARY KEY,
  oldest_ts INTEGER,
  next_key TEXT NOT NULL,
  is_complete INTEGER NOT NULL,
  reread_ts INTEGER NOT NULL,
  reread_far_ts INTEGER NOT NULL) STRICT;
)sql";
}

Result<std::vector<MirroredMetric>> MirroredMetrics::list() {
    using All = std::vector<MirroredMetric>;
    return parts_.reads.read<All>([](Database& database) -> Result<All> {
        All all;
        Rows rows = database.query(
            "SELECT metric_name, oldest_ts, next_key, is_complete, reread_ts, reread_far_ts"
            " FROM mirrored_metric ORDER BY metric_name");
        while (true) {
            const auto row = rows.next();
            if (!row) return std::unexpected(row.error());
            if (!*row) return all;
            std::optional<TimePoint> oldest;
            if (!rows.is_null(1)) oldest = from_micros(rows.integer(1));
            all.push_back({.name = std::string(rows.text(0)),
                           .oldest = oldest,
                           .next_key = std::string(rows.text(2)),
                           .is_complete = rows.integer(3) != 0,
                           .reread = from_micros(rows.integer(4)),
                           .reread_far = from_micros(rows.integer(5))});
        }
    });
}

Result<void> MirroredMetrics::put(const MirroredMetric& metric) {
    return parts_.writer.write<void>([&](Database& database) -> Result<void> {
        const auto oldest = metric.oldest ? std::optional(to_micros(*metric.oldest)) : std::nullopt;
        const auto kept = database.run(
            "INSERT OR REPLACE INTO mirrored_metric"
            "(metric_name, oldest_ts, next_key, is_complete, reread_ts, reread_far_ts)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            metric.name, oldest, metric.next_key, metric.is_complete ? 1 : 0,
            to_micros(metric.reread), to_micros(metric.reread_far));
        if (!kept) return std::unexpected(kept.error());
        return {};
    });
}

}  // namespace dsdash::mirror
