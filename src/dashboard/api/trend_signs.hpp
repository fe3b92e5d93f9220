#pragma once

#include <optional>

#include "services/metric_browser.hpp"

namespace dsdash::dashboard {

/// How far a value fell within a day, as a part of what it was (0.5 to 1), when it fell by half or
/// more, by more than three times what it usually moves from day to day, and, where it counts
/// things, by more than chance explains (two deviations). Nothing otherwise, or when fewer than
/// seven days are known, which do not tell what is usual.
[[nodiscard]] std::optional<double> sudden_drop(const SeriesTrend& trend, double now);

/// How many days in a row until today the last value of a day has been `value`; days without values
/// count when such a day stands before them.
[[nodiscard]] std::size_t days_at(const SeriesTrend& trend, double value);

}  // namespace dsdash::dashboard
