#include "items/state_item.hpp"

#include <fmt/format.h>

#include <charconv>

#include "items/record_item.hpp"

namespace dsdash::items {

namespace {

/// `name` so that no "#" of its own is taken for one between two names.
void append_escaped(std::string& out, std::string_view name) {
    for (const char c : name) {
        if (c == '#' || c == '%') {
            out += c == '#' ? "%23" : "%25";
        } else {
            out += c;
        }
    }
}

std::unexpected<Error> malformed(std::string_view kind, std::string_view account,
                                 std::string_view problem) {
    return fail(ErrorKind::malformed_input, fmt::format("the {} of {} {}", kind, account, problem));
}

/// The strings in the list `name`.
std::vector<std::string> texts_in(const Item& item, std::string_view name) {
    std::vector<std::string> texts;
    const auto* list = find_content(item, name, "L");
    if (list == nullptr || !list->is_array()) return texts;
    for (const auto& text : list->get_array()) {
        if (text.is_object()) texts.push_back(text_at({{"Text", text}}, "Text", "S"));
    }
    return texts;
}

std::vector<MetricFailure> failures(const Item& item) {
    std::vector<MetricFailure> read;
    const auto* list = find_content(item, "Failures", "L");
    if (list == nullptr || !list->is_array()) return read;
    for (const auto& value : list->get_array()) {
        const auto* failure = value.is_object() ? value.get_object().if_contains("M") : nullptr;
        if (failure == nullptr || !failure->is_object()) continue;
        const auto& map = failure->get_object();
        read.push_back({text_at(map, "MetricName", "S"), text_at(map, "Reason", "S")});
    }
    return read;
}

}  // namespace

std::string series_sort_key(const SeriesKey& series) {
    std::string key;
    append_escaped(key, series.project_name);
    for (const auto* name : {&series.environment, &series.account_id, &series.metric_name}) {
        key += '#';
        append_escaped(key, *name);
    }
    return key;
}

Item latest_item(const LatestRecord& latest) {
    auto item = to_item(latest);
    item["StateKey"] = string_value(kLatestKey);
    item["SortKey"] = string_value(series_sort_key(latest.series));
    const auto& dates = latest.previous_dates;
    for (std::size_t i = 0; i < kPreviousDates.size(); ++i) {
        item[kPreviousDates.at(i)] =
            i < dates.size() ? string_value(format_extraction_date(dates[i])) : null_value();
    }
    return item;
}

Result<LatestRecord> latest_of(const Item& item) {
    auto record = record_of(item);
    if (!record) return std::unexpected(record.error());
    LatestRecord latest{*std::move(record), {}};
    for (const auto name : kPreviousDates) {
        const auto date = parse_extraction_date(text_at(item, name, "S"));
        if (!date) break;
        latest.previous_dates.push_back(*date);
    }
    return latest;
}

Item quarantine_item(const QuarantinedEvent& event) {
    return {{"StateKey", string_value(kQuarantineKey)},
            {"SortKey", string_value(event.event.id)},
            {"Event", string_value(event.event.to_json())},
            {"Reason", string_value(event.reason)},
            {"QuarantineDate", string_value(format_extraction_date(event.time))}};
}

Item pong_item(const Pong& pong) {
    return {{"StateKey", string_value(kPongKey)},
            {"SortKey", string_value(pong.account_id)},
            {"AccountId", string_value(pong.account_id)},
            {"PingId", string_value(pong.ping_id)},
            {"PingDate", string_value(format_extraction_date(pong.ping_date))},
            {"PongDate", string_value(format_extraction_date(pong.date))}};
}

Item report_item(const ExtractionReport& report) {
    json::array metrics;
    for (const auto& metric : report.metrics) metrics.push_back(string_value(metric));
    json::array failures;
    for (const auto& failure : report.failures) {
        failures.push_back(
            json::object{{"M", json::object{{"MetricName", string_value(failure.metric_name)},
                                            {"Reason", string_value(failure.reason)}}}});
    }
    return {{"StateKey", string_value(kReportKey)},
            {"SortKey", string_value(report.account_id)},
            {"AccountId", string_value(report.account_id)},
            {"ProjectName", string_value(report.project_name)},
            {"Environment", string_value(report.environment)},
            {"FetchId", string_value(report.fetch_id)},
            {"ReportDate", string_value(format_extraction_date(report.time))},
            {"Metrics", json::object{{"L", std::move(metrics)}}},
            {"Failures", json::object{{"L", std::move(failures)}}},
            {"DurationMs", number_value(std::to_string(report.duration_ms))}};
}

Result<ExtractionReport> report_of(const Item& item) {
    const auto account = text_at(item, "AccountId", "S");
    if (account.empty()) return malformed("report", "an account", "has no AccountId");
    const auto time = parse_extraction_date(text_at(item, "ReportDate", "S"));
    if (!time) return malformed("report", account, "has no ReportDate: " + time.error().message);
    const auto duration = text_at(item, "DurationMs", "N");
    std::int64_t duration_ms = 0;
    std::from_chars(duration.data(), duration.data() + duration.size(), duration_ms);
    return ExtractionReport{.account_id = account,
                            .project_name = text_at(item, "ProjectName", "S"),
                            .environment = text_at(item, "Environment", "S"),
                            .fetch_id = text_at(item, "FetchId", "S"),
                            .time = *time,
                            .metrics = texts_in(item, "Metrics"),
                            .failures = failures(item),
                            .duration_ms = duration_ms};
}

Result<QuarantinedEvent> quarantined_of(const Item& item) {
    auto event = Event::from_json(text_at(item, "Event", "S"));
    if (!event) return std::unexpected(std::move(event.error()));
    const auto date = parse_extraction_date(text_at(item, "QuarantineDate", "S"));
    if (!date) return malformed("quarantined event", event->id, "has no QuarantineDate");
    return QuarantinedEvent{
        .event = *std::move(event), .reason = text_at(item, "Reason", "S"), .time = *date};
}

Result<Pong> pong_of(const Item& item) {
    const auto account = text_at(item, "AccountId", "S");
    if (account.empty()) return malformed("pong", "an account", "has no AccountId");
    const auto asked = parse_extraction_date(text_at(item, "PingDate", "S"));
    if (!asked) return malformed("pong", account, "has no PingDate: " + asked.error().message);
    const auto arrived = parse_extraction_date(text_at(item, "PongDate", "S"));
    if (!arrived) return malformed("pong", account, "has no PongDate: " + arrived.error().message);
    return Pong{.account_id = account,
                .ping_id = text_at(item, "PingId", "S"),
                .ping_date = *asked,
                .date = *arrived};
}

}  // namespace dsdash::items
