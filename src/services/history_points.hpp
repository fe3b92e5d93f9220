#pragma once

#include "services/metric_table.hpp"

/// How a history is drawn: the same from every home's table.
namespace dsdash {

/// The values of a stretch of time, drawn together. Made by add() and merge(), in any order.
struct RollUp {
    std::int64_t count = 0;
    double min = 0;
    double max = 0;
    double sum = 0;
    TimePoint first_time;
    TimePoint last_time;
    double last = 0;

    void add(TimePoint time, double value);
    void merge(const RollUp& other);
    [[nodiscard]] HistoryPoint point() const;
};

/// The stretch of time of a history, and in how many points it is drawn at most.
struct HistorySpan {
    TimePoint from;  ///< inclusive
    TimePoint to;    ///< exclusive
    std::size_t points_max;
};

/// malformed_input unless points_max is 1-10,000 and the times lie in the years 1-9999; a span
/// that ends before it begins is empty.
Result<HistorySpan> check_span(TimePoint from, TimePoint to, std::size_t points_max);

/// `span` divided into `parts` equal stretches, rounded up.
[[nodiscard]] std::chrono::microseconds divide_up(std::chrono::microseconds span,
                                                  std::size_t parts);

[[nodiscard]] std::int64_t count_records(const std::vector<RollUp>& parts);

/// Draws `parts`, ordered by time, together in stretches of `width` from `origin` on.
[[nodiscard]] std::vector<HistoryPoint> draw(const std::vector<RollUp>& parts, TimePoint origin,
                                             std::chrono::microseconds width);
/// The records of `span`, each a part of its own and ordered by time: a point each, or when they
/// are more than span.points_max, one point for each stretch of equal width that has any.
[[nodiscard]] std::vector<HistoryPoint> draw(const std::vector<RollUp>& records,
                                             const HistorySpan& span);

}  // namespace dsdash
