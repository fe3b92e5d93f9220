#include "cli/simulation/fleet_arrival.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <thread>

#include "cli/client/hub_reader.hpp"
#include "domain/contract.hpp"
#include "simulation/records.hpp"

namespace dsdash::cli {

namespace {

using simulation::Fleet;
using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kFirstPause{50};
constexpr std::chrono::milliseconds kPauseMax{2000};

/// Of each spoke that has one, its last report, by account.
using Reports = std::map<std::string, ExtractionReport>;

Reports expected_reports(const Fleet& fleet, const FetchIds& fetch_ids) {
    Reports reports;
    for (const auto& spoke : fleet.spokes) {
        auto report = simulation::last_report(fleet, spoke);
        if (!report) continue;
        report->fetch_id = fetch_ids.of(spoke);
        reports[spoke.account.text()] = *std::move(report);
    }
    return reports;
}

Result<std::int64_t> count_table(AwsApi& hub) {
    const auto described =
        hub.call("dynamodb", "DescribeTable", {{"TableName", contract::kHubTable}});
    if (!described) return std::unexpected(described.error());
    const auto* table = described->if_contains("Table");
    const auto count = table != nullptr && table->is_object()
                           ? optional_integer(table->get_object(), "ItemCount")
                           : std::nullopt;
    if (!count) return std::unexpected(count.error());
    return count->value_or(0);
}

/// Whether anything has changed since the last look, and for how long nothing has.
class Patience {
  public:
    explicit Patience(std::chrono::seconds limit) : limit_(limit) {}

    /// True when nothing has come for too long.
    bool is_over(std::int64_t count) {
        const auto now = SteadyClock::now();
        if (count != last_count_) {
            last_count_ = count;
            last_change_ = now;
        }
        return now - last_change_ > limit_;
    }

    void pause() {
        std::this_thread::sleep_for(pause_);
        pause_ = std::min(pause_ * 3 / 2, kPauseMax);
    }

  private:
    std::chrono::seconds limit_;
    std::int64_t last_count_ = -1;
    SteadyClock::time_point last_change_;
    std::chrono::milliseconds pause_ = kFirstPause;
};

std::unexpected<Error> nothing_comes(std::string_view what, std::int64_t there, std::int64_t all) {
    auto error = fail(
        ErrorKind::timed_out,
        fmt::format("{} of {} {} have arrived in the hub, and no more come", there, all, what));
    error.error().hint =
        "dsdash dead-letters list --account <hub or spoke> shows what did not get through";
    return error;
}

/// What is wanted, or what came after it: somebody has asked for new data meanwhile.
Result<std::int64_t> count_arrived(HubReader& reader, const Reports& wanted) {
    const auto reports = reader.reports();
    if (!reports) return std::unexpected(reports.error());
    return std::ranges::count_if(*reports, [&](const ExtractionReport& report) {
        const auto found = wanted.find(report.account_id);
        return found != wanted.end() &&
               (report.fetch_id == found->second.fetch_id || report.time > found->second.time);
    });
}

}  // namespace

Result<std::int64_t> count_in_hub(AwsApi& hub, const Fleet& fleet) {
    HubReader reader(hub);
    std::int64_t count = 0;
    for (const auto& kind : fleet.metrics()) {
        const auto of_metric = reader.count({.metric_name = std::string(kind.name),
                                             .account_prefix = fleet.account_prefix,
                                             .from = fleet.plan.start(),
                                             .to = fleet.plan.until});
        if (!of_metric) return of_metric;
        count += *of_metric;
    }
    return count;
}

Result<std::int64_t> wait_for_fleet(AwsApi& hub, const Fleet& fleet, const FetchIds& fetch_ids,
                                    std::int64_t records, std::chrono::seconds patience_limit,
                                    ProgressLine& progress) {
    HubReader reader(hub);
    const auto wanted = expected_reports(fleet, fetch_ids);
    const auto spokes = std::ssize(wanted);
    for (Patience patience(patience_limit);; patience.pause()) {
        const auto arrived = count_arrived(reader, wanted);
        if (!arrived) return arrived;
        if (*arrived == spokes) break;
        const auto in_table = count_table(hub);
        if (!in_table) return in_table;
        progress.show(fmt::format("arrived: {} of {} spokes", *arrived, spokes));
        if (patience.is_over(*arrived + *in_table)) {
            return nothing_comes("spokes' reports", *arrived, spokes);
        }
    }
    for (Patience patience(patience_limit);; patience.pause()) {
        const auto count = count_in_hub(hub, fleet);
        if (!count) return count;
        if (*count >= records) {
            progress.finish(fmt::format("arrived: {} of {} spokes", spokes, spokes));
            return count;
        }
        progress.show(fmt::format("arrived: {} of {} records", *count, records));
        if (patience.is_over(*count)) return nothing_comes("records", *count, records);
    }
}

}  // namespace dsdash::cli
