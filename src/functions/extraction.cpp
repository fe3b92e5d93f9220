#include "functions/extraction.hpp"

#include <fmt/format.h>

#include <exception>

#include "domain/contract.hpp"
#include "domain/metric_record.hpp"
#include "functions/deadline_aws_api.hpp"
#include "functions/extraction_settings.hpp"
#include "functions/report_event.hpp"
#include "functions/trigger.hpp"

namespace dsdash::functions {

namespace {

using std::chrono::microseconds;

constexpr std::size_t kReasonBytesMax = 1'000;

/// What is kept back of the function's time for putting the events and the report.
microseconds time_for_putting(microseconds remaining) {
    constexpr auto kEnough = std::chrono::seconds(5);
    return std::min<microseconds>(kEnough, remaining / 4);
}

/// At most kReasonBytesMax bytes of `reason`, cut between characters.
std::string shorten(std::string reason) {
    if (reason.size() <= kReasonBytesMax) return reason;
    auto end = kReasonBytesMax;
    while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xC0U) == 0x80U) --end;
    reason.resize(end);
    return reason;
}

/// A metric is the one part that users write; whatever goes wrong in it stays in it.
Result<Decimal> compute_isolated(const metrics::Metric& metric, AwsApi& api,
                                 const metrics::MetricContext& context) {
    try {
        return metric.compute(api, context);
    } catch (const std::exception& exception) {
        return fail(ErrorKind::internal, fmt::format("it threw: {}", exception.what()));
    } catch (...) {
        return fail(ErrorKind::internal, "it threw something unknown");
    }
}

class Extraction {
  public:
    Extraction(Services& services, const ExtractionSettings& settings, std::string fetch_id)
        : services_(services), settings_(settings), started_(services.clock.now()) {
        report_.project_name = settings.project_name;
        report_.environment = settings.environment;
        report_.fetch_id = std::move(fetch_id);
    }

    Result<json::object> run() {
        compute_metrics();
        put_metrics();
        if (const auto put = put_report(); !put) return std::unexpected(put.error());
        return answer();
    }

  private:
    void add_failure(const std::string& metric_name, std::string reason) {
        report_.failures.push_back({metric_name, shorten(std::move(reason))});
    }

    /// ExtractionDate is the sort key: never the same twice in one extraction, never backwards.
    TimePoint next_extraction_date() {
        last_date_ = std::max(services_.clock.now(), last_date_ + microseconds(1));
        return last_date_;
    }

    /// A metric whose calls hang must not take the time of those after it: each has an equal share
    /// of what is left when its turn comes.
    void compute_metrics() {
        const auto end = services_.deadline - time_for_putting(services_.deadline - started_);
        auto left = static_cast<std::int64_t>(settings_.metrics.size());
        for (const auto* metric : settings_.metrics) {
            report_.metrics.push_back(metric->name());
            const auto now = services_.clock.now();
            if (now >= end) {
                add_failure(metric->name(), "the function's time ran out before its turn");
                continue;
            }
            compute_metric(*metric, now + (end - now) / left--);
        }
    }

    void compute_metric(const metrics::Metric& metric, TimePoint deadline) {
        DeadlineAwsApi api(services_.aws, services_.clock, deadline, services_.deadline);
        auto value = compute_isolated(metric, api, {services_.clock.now(), settings_.settings});
        if (!value) {
            add_failure(metric.name(), std::move(value.error().message));
            return;
        }
        records_.push_back({.series = {metric.name(), settings_.project_name, settings_.environment,
                                       services_.aws.account().text()},
                            .extraction_date = next_extraction_date(),
                            .value = std::move(*value),
                            .metadata = "{}",
                            .event_id = {},
                            .original_extraction_date = std::nullopt});
    }

    void put_metrics() {
        if (records_.empty()) return;
        std::vector<EventEntry> entries;
        for (const auto& record : records_) {
            entries.push_back({.source = std::string(contract::kMetricSource),
                               .detail_type = std::string(contract::kMetricDetailType),
                               .detail = metric_event_detail(record),
                               .resources = {},
                               .time = record.extraction_date});
        }
        const auto answers = services_.bus.put_events(entries);
        for (std::size_t i = 0; i < records_.size(); ++i) {
            if (answers.at(i)) {
                records_[i].event_id = *answers[i];
            } else {
                add_failure(records_[i].series.metric_name,
                            fmt::format("its event was refused: {}", answers[i].error().message));
            }
        }
        std::erase_if(records_, [](const MetricRecord& record) { return record.event_id.empty(); });
    }

    Result<void> put_report() {
        report_.time = services_.clock.now();
        report_.duration_ms =
            std::chrono::floor<std::chrono::milliseconds>(report_.time - started_).count();
        const auto entry = make_report_event(report_);
        const auto put = services_.bus.put_events({&entry, 1}).front();
        if (!put) return std::unexpected(put.error());
        return {};
    }

    [[nodiscard]] json::object answer() const {
        json::array values;
        for (const auto& record : records_) {
            values.push_back({{"MetricName", record.series.metric_name},
                              {"MetricValue", record.value.to_string()},
                              {"ExtractionDate", format_extraction_date(record.extraction_date)},
                              {"EventId", record.event_id}});
        }
        json::array failures;
        for (const auto& failure : report_.failures) {
            failures.push_back({{"MetricName", failure.metric_name}, {"Reason", failure.reason}});
        }
        return {{"FetchId", report_.fetch_id},
                {"Metrics", std::move(values)},
                {"Failures", std::move(failures)},
                {"DurationMs", report_.duration_ms}};
    }

    Services& services_;
    const ExtractionSettings& settings_;
    TimePoint started_;
    TimePoint last_date_ = TimePoint::min();
    std::vector<MetricRecord> records_;
    ExtractionReport report_;
};

Result<json::object> answer_ping(const Ping& ping, Services& services) {
    const auto pong = make_pong_event(ping);
    const auto put = services.bus.put_events({&pong, 1}).front();
    if (!put) return std::unexpected(put.error());
    return json::object{{"PingId", ping.id}};
}

}  // namespace

Result<json::object> run_extraction(std::string_view payload, Services& services) {
    auto trigger = read_trigger(payload);
    if (!trigger) return std::unexpected(std::move(trigger.error()));
    switch (trigger->kind) {
        case Trigger::Kind::nothing:
            return json::object{{"Ignored", true}};
        case Trigger::Kind::ping:
            return answer_ping(trigger->ping, services);
        case Trigger::Kind::extract:
            break;
    }
    const auto settings = read_extraction_settings(services.environment);
    if (!settings) return std::unexpected(settings.error());
    return Extraction(services, *settings, std::move(trigger->fetch_id)).run();
}

}  // namespace dsdash::functions
