#include "cli/simulation/fleet_feed.hpp"

#include <fmt/format.h>

#include <atomic>

#include "aws/event_bus.hpp"
#include "cli/concurrently.hpp"
#include "domain/contract.hpp"
#include "functions/report_event.hpp"
#include "simulation/records.hpp"

namespace dsdash::cli {

namespace {

using simulation::Fleet;
using simulation::Spoke;

/// What is made before it is put: twenty calls' worth.
constexpr std::size_t kEntriesTogether = 200;

EventEntry metric_entry(const MetricRecord& record) {
    return {.source = std::string(contract::kMetricSource),
            .detail_type = std::string(contract::kMetricDetailType),
            .detail = metric_event_detail(record),
            .resources = {},
            .time = record.extraction_date};
}

/// Gathers entries and puts them together, in order.
class Putter {
  public:
    Putter(AwsApi& api, std::function<void(std::size_t)> on_put)
        : bus_(api), on_put_(std::move(on_put)) {}

    Result<void> put(EventEntry entry) {
        entries_.push_back(std::move(entry));
        return entries_.size() < kEntriesTogether ? Result<void>() : flush();
    }
    Result<void> flush() {
        for (const auto& answer : bus_.put_events(entries_)) {
            if (!answer) return std::unexpected(answer.error());
        }
        on_put_(entries_.size());
        entries_.clear();
        return {};
    }

  private:
    aws::AwsEventBus bus_;
    std::function<void(std::size_t)> on_put_;
    std::vector<EventEntry> entries_;
};

/// The report comes last: where it has arrived, what was put before it has, too.
Result<void> feed_spoke(const Fleet& fleet, const Spoke& spoke, const FetchIds& fetch_ids,
                        Putter& putter) {
    auto put = simulation::for_each_record(
        fleet, spoke, [&](const MetricRecord& record) { return putter.put(metric_entry(record)); });
    if (!put) return put;
    if (auto report = simulation::last_report(fleet, spoke)) {
        report->fetch_id = fetch_ids.of(spoke);
        if (auto reported = putter.put(functions::make_report_event(*report)); !reported) {
            return reported;
        }
    }
    return putter.flush();
}

}  // namespace

Result<void> feed_fleet(const Fleet& fleet, const FleetConnections& connections,
                        const FetchIds& fetch_ids, ProgressLine& progress) {
    std::int64_t total = 0;
    for (const auto& spoke : fleet.spokes) {
        total += simulation::count_records(fleet, spoke);
        if (simulation::last_report(fleet, spoke)) ++total;
    }
    std::atomic<std::size_t> put = 0;
    const auto on_put = [&](std::size_t count) {
        progress.show(fmt::format("put: {} of {} events", put += count, total));
    };
    auto fed = run_concurrently(fleet.spokes.size(), FleetConnections::kThreads,
                                [&](std::size_t index) -> Result<void> {
                                    const auto& spoke = fleet.spokes[index];
                                    const auto api = connections.api_of(spoke);
                                    if (!api) return std::unexpected(api.error());
                                    Putter putter(**api, on_put);
                                    return feed_spoke(fleet, spoke, fetch_ids, putter);
                                });
    if (fed) progress.finish(fmt::format("put: {} of {} events", put.load(), total));
    return fed;
}

}  // namespace dsdash::cli
