#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "domain/metric_record.hpp"

namespace dsdash {

/// A series at a glance: how its value has moved. Values are doubles, for drawing.
struct SeriesTrend {
    static constexpr std::size_t kDays = 31;
    SeriesKey series;
    /// The last value of each UTC day, oldest first; the last one is today.
    std::array<std::optional<double>, kDays> last;
    /// What stood 24 hours and 7 days ago: the newest value before. Nothing when there was none.
    std::optional<double> day_ago;
    std::optional<double> week_ago;
};

struct SampleQuery {
    SeriesKey series;
    TimePoint from;           ///< inclusive
    TimePoint to;             ///< exclusive
    std::size_t limit = 100;  ///< of the records in the answer
};

/// What a screen shows of a hub's records beside their latest values and their histories. Any
/// thread may call it.
class MetricBrowser {
  public:
    virtual ~MetricBrowser() = default;
    /// Of every series of a project, ordered by series; none of a project that is not there. `now`
    /// says which day is today.
    virtual Result<std::vector<SeriesTrend>> trends(std::string_view project_name,
                                                    TimePoint now) = 0;
    /// Single records of one series, newest first.
    virtual Result<std::vector<MetricRecord>> samples(const SampleQuery& query) = 0;
};

}  // namespace dsdash
