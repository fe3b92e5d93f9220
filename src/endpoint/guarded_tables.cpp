#include "endpoint/guarded_tables.hpp"

#include <fmt/format.h>

namespace dsdash::endpoint {

namespace {

constexpr std::string_view kPut = "dynamodb:PutItem";
constexpr std::string_view kUpdate = "dynamodb:UpdateItem";
constexpr std::string_view kRead = "dynamodb:Query";

/// `use()` if `action` is allowed.
template <class Use>
auto guarded(const TableGuard& guard, std::string_view action, Use use) -> decltype(use()) {
    if (auto checked = guard.check(action); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    return use();
}

}  // namespace

Result<void> TableGuard::check(std::string_view action) const {
    if (clock_.now() >= deadline_) {
        return fail(ErrorKind::timed_out,
                    fmt::format("{} was called after the function's time ran out", action));
    }
    return role_.check(action, table_arn_);
}

Result<void> GuardedMetricTable::check_put() const {
    auto checked = guard_.check(kPut);
    // On AWS it also reads what stands at a date that is taken, and raises the series' latest item.
    if (checked) checked = guard_.check(kRead);
    if (checked) checked = state_guard_.check(kUpdate);
    return checked;
}

std::vector<Result<Stored>> GuardedMetricTable::put(std::span<const MetricRecord> records) {
    if (auto checked = check_put(); !checked) {
        return {records.size(), std::unexpected(std::move(checked.error()))};
    }
    return table_.put(records);
}

Result<std::vector<LatestRecord>> GuardedMetricTable::latest() {
    return guarded(guard_, kRead, [&] { return table_.latest(); });
}

Result<std::vector<HistoryPoint>> GuardedMetricTable::history(const HistoryQuery& query) {
    return guarded(guard_, kRead, [&] { return table_.history(query); });
}

Result<void> GuardedHubState::put_report(const ExtractionReport& report) {
    return guarded(guard_, kPut, [&] { return state_.put_report(report); });
}

Result<std::vector<ExtractionReport>> GuardedHubState::reports() {
    return guarded(guard_, kRead, [&] { return state_.reports(); });
}

Result<void> GuardedHubState::put_pong(const Pong& pong) {
    return guarded(guard_, kPut, [&] { return state_.put_pong(pong); });
}

Result<std::vector<Pong>> GuardedHubState::pongs() {
    return guarded(guard_, kRead, [&] { return state_.pongs(); });
}

Result<void> GuardedHubState::quarantine(const QuarantinedEvent& event) {
    return guarded(guard_, kPut, [&] { return state_.quarantine(event); });
}

}  // namespace dsdash::endpoint
