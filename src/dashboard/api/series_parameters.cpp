#include "dashboard/api/series_parameters.hpp"

namespace dsdash::dashboard {

Result<SeriesSpan> read_series_span(const QueryParameters& query, TimePoint now,
                                    std::chrono::microseconds default_span) {
    const auto metric = query.required_text("metric");
    if (!metric) return std::unexpected(metric.error());
    const auto project = query.required_text("project");
    if (!project) return std::unexpected(project.error());
    const auto environment = query.required_text("environment");
    if (!environment) return std::unexpected(environment.error());
    const auto from = query.time("from");
    if (!from) return std::unexpected(from.error());
    const auto to = query.time("to");
    if (!to) return std::unexpected(to.error());

    SeriesSpan span{.series = {*metric, *project, *environment, query.text("account").value_or("")},
                    .from = {},
                    .to = to->value_or(now)};
    span.from = from->value_or(span.to - default_span);
    if (span.from >= span.to) {
        return fail(ErrorKind::malformed_input, "parameter from: must be before to");
    }
    return span;
}

}  // namespace dsdash::dashboard
