#pragma once

#include <cstdint>
#include <span>

#include "embedded/storage/sqlite.hpp"
#include "services/history_points.hpp"

namespace dsdash::embedded {

/// Hours since 1970.
using Hour = std::int64_t;
[[nodiscard]] Hour hour_of(TimePoint time);
[[nodiscard]] TimePoint start_of(Hour hour);

/// Days since 1970.
using Day = std::int64_t;
[[nodiscard]] Day day_of(TimePoint time);
[[nodiscard]] TimePoint start_of_day(Day day);

/// What a roll-up is about: one series, or all series of a metric or a project.
struct RollUpSubject {
    enum class Kind : int { series = 0, metric = 1, project = 2 };  // as stored
    Kind kind;
    std::int64_t id;
    auto operator<=>(const RollUpSubject&) const = default;
};

/// Adds `roll_up` to what is stored of that hour and its day.
Result<void> merge_hour(Database& database, const RollUpSubject& subject, Hour hour,
                        const RollUp& roll_up);
/// Puts `roll_up` in the place of what is stored of that hour, and makes its day anew; one without
/// values removes it.
Result<void> replace_hour(Database& database, const RollUpSubject& subject, Hour hour,
                          const RollUp& roll_up);
/// Appends the hours from `from` to before `to` that hold values, in order.
Result<void> read_hours(Database& database, const RollUpSubject& subject, Hour from, Hour to,
                        std::vector<RollUp>& out);
/// The same of the days from `from` to before `to`.
Result<void> read_days(Database& database, const RollUpSubject& subject, Day from, Day to,
                       std::vector<RollUp>& out);
/// Makes the roll-ups of an hour anew after records of `series`, all of one metric, were taken out
/// of the history: those of each of them, of the metric and of their projects.
Result<void> recompute_hour(Database& database, std::int64_t metric_id,
                            std::span<const std::int64_t> series, Hour hour);

}  // namespace dsdash::embedded
