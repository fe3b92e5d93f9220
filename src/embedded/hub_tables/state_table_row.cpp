#include "embedded/hub_tables/state_table_row.hpp"

#include "domain/json.hpp"

namespace dsdash::embedded {

namespace {

TimePoint to_time(std::int64_t stored) {
    return TimePoint(std::chrono::microseconds(stored));
}

std::unexpected<Error> damaged(const std::string& problem) {
    return fail(ErrorKind::internal, "the account's file: " + problem);
}

Result<json::array> parse_array(std::string_view text) {
    auto value = parse_json(text);
    if (!value) return damaged(value.error().message);
    if (!value->is_array()) return damaged("an array was expected");
    return std::move(value->get_array());
}

Result<std::vector<std::string>> parse_metrics(std::string_view text) {
    auto array = parse_array(text);
    if (!array) return std::unexpected(array.error());
    std::vector<std::string> metrics;
    for (const auto& metric : *array) {
        if (!metric.is_string()) return damaged("a metric's name was expected");
        metrics.emplace_back(std::string_view(metric.get_string()));
    }
    return metrics;
}

Result<std::vector<MetricFailure>> parse_failures(std::string_view text) {
    auto array = parse_array(text);
    if (!array) return std::unexpected(array.error());
    std::vector<MetricFailure> failures;
    for (const auto& failure : *array) {
        if (!failure.is_object()) return damaged("a metric's failure was expected");
        auto metric_name = required_string(failure.get_object(), "MetricName");
        if (!metric_name) return damaged(metric_name.error().message);
        auto reason = required_string(failure.get_object(), "Reason");
        if (!reason) return damaged(reason.error().message);
        failures.push_back({*std::move(metric_name), *std::move(reason)});
    }
    return failures;
}

Result<ExtractionReport> read_report(const Rows& rows) {
    auto metrics = parse_metrics(rows.text(5));
    if (!metrics) return std::unexpected(metrics.error());
    auto failures = parse_failures(rows.text(6));
    if (!failures) return std::unexpected(failures.error());
    return ExtractionReport{
        .account_id = std::string(rows.text(0)),
        .project_name = std::string(rows.text(1)),
        .environment = std::string(rows.text(2)),
        .fetch_id = std::string(rows.text(3)),
        .time = to_time(rows.integer(4)),
        .metrics = *std::move(metrics),
        .failures = *std::move(failures),
        .duration_ms = rows.integer(7),
    };
}

Result<Pong> read_pong(const Rows& rows) {
    return Pong{.account_id = std::string(rows.text(0)),
                .ping_id = std::string(rows.text(1)),
                .ping_date = to_time(rows.integer(2)),
                .date = to_time(rows.integer(3))};
}

Result<QuarantinedEvent> read_event(const Rows& rows) {
    auto event = Event::from_json(rows.text(0));
    if (!event) return damaged(event.error().message);
    return QuarantinedEvent{.event = *std::move(event),
                            .reason = std::string(rows.text(1)),
                            .time = to_time(rows.integer(2))};
}

template <class T>
Result<std::vector<T>> read_all(Rows rows, Result<T> (*read_one)(const Rows&)) {
    std::vector<T> all;
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) return all;
        auto one = read_one(rows);
        if (!one) return std::unexpected(one.error());
        all.push_back(*std::move(one));
    }
}

}  // namespace

std::string metrics_json(const ExtractionReport& report) {
    json::array metrics;
    for (const auto& metric : report.metrics) metrics.emplace_back(metric);
    return json::serialize(metrics);
}

std::string failures_json(const ExtractionReport& report) {
    json::array failures;
    for (const auto& failure : report.failures) {
        failures.push_back(
            json::object{{"MetricName", failure.metric_name}, {"Reason", failure.reason}});
    }
    return json::serialize(failures);
}

Result<std::vector<ExtractionReport>> read_reports(Rows rows) {
    return read_all(std::move(rows), read_report);
}

Result<std::vector<Pong>> read_pongs(Rows rows) {
    return read_all(std::move(rows), read_pong);
}

Result<std::vector<QuarantinedEvent>> read_quarantined(Rows rows) {
    return read_all(std::move(rows), read_event);
}

}  // namespace dsdash::embedded
