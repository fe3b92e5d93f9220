#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "services/clock.hpp"
#include "services/event_bus.hpp"
#include "services/hub_state.hpp"
#include "services/metric_table.hpp"
#include "services/parameter_store.hpp"

/// The services in memory, for tests of what stands above them. Each can be told to fail.
namespace dsdash {

/// Stands still unless told to go on or waited for; `step` is added after every reading.
class FakeClock final : public Clock {
  public:
    explicit FakeClock(std::string_view extraction_date = "2026-11-23 12:00:00.000000")
        : time(parse_extraction_date(extraction_date).value()) {}
    [[nodiscard]] TimePoint now() const override {
        const auto reading = time;
        time += step;
        return reading;
    }
    void sleep_until(TimePoint until) const override { time = std::max(time, until); }

    mutable TimePoint time;
    std::chrono::microseconds step{0};
};

class FakeParameterStore final : public ParameterStore {
  public:
    Result<Parameter> get(std::string_view name) override;
    Result<std::vector<Parameter>> list_by_path(std::string_view path) override;

    std::map<std::string, std::string, std::less<>> parameters;
    std::optional<Error> failure;
    std::optional<Error> get_failure;  ///< of get() alone
    int lists = 0;                     ///< how often list_by_path was asked
};

class FakeEventBus final : public EventBus {
  public:
    std::vector<Result<std::string>> put_events(std::span<const EventEntry> entries) override;

    std::vector<EventEntry> entries;               ///< that were accepted
    std::map<std::string, Error> refusals;         ///< by detail-type
    std::map<std::string, Error> refused_metrics;  ///< by MetricName
};

class FakeMetricTable final : public MetricTable {
  public:
    std::vector<Result<Stored>> put(std::span<const MetricRecord> records) override;
    Result<std::vector<LatestRecord>> latest() override { return as_latest(records); }
    Result<std::vector<HistoryPoint>> history(const HistoryQuery&) override {
        return std::vector<HistoryPoint>{};
    }

    std::vector<MetricRecord> records;
    std::vector<std::size_t> batches;  ///< how many records each put had
    std::optional<Error> failure;

  private:
    std::set<std::string> event_ids_;
};

class FakeHubState final : public HubState {
  public:
    Result<void> put_report(const ExtractionReport& report) override;
    Result<std::vector<ExtractionReport>> reports() override { return stored_reports; }
    Result<void> put_pong(const Pong& pong) override;
    Result<std::vector<Pong>> pongs() override { return stored_pongs; }
    Result<void> quarantine(const QuarantinedEvent& event) override;

    std::vector<ExtractionReport> stored_reports;
    std::vector<Pong> stored_pongs;
    std::vector<QuarantinedEvent> quarantined;
    std::optional<Error> failure;
};

}  // namespace dsdash
