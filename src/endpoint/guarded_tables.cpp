#include "endpoint/guarded_tables.hpp"

namespace dsdash::endpoint {

namespace {

constexpr std::string_view kPut = "dynamodb:PutItem";
constexpr std::string_view kRead = "dynamodb:Query";

/// `use(table)` if the role may do `action` to it.
template <class Use>
auto guarded(const FunctionRole& role, std::string_view action, const std::string& table_arn,
             Use use) -> decltype(use()) {
    if (auto checked = role.check(action, table_arn); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    return use();
}

}  // namespace

std::vector<Result<Stored>> GuardedMetricTable::put(std::span<const MetricRecord> records) {
    // On AWS it also reads what stands at a date that is taken.
    for (const auto action : {kPut, kRead}) {
        if (auto checked = role_.check(action, table_arn_); !checked) {
            return {records.size(), std::unexpected(std::move(checked.error()))};
        }
    }
    return table_.put(records);
}

Result<std::vector<MetricRecord>> GuardedMetricTable::latest() {
    return guarded(role_, kRead, table_arn_, [&] { return table_.latest(); });
}

Result<std::vector<HistoryPoint>> GuardedMetricTable::history(const HistoryQuery& query) {
    return guarded(role_, kRead, table_arn_, [&] { return table_.history(query); });
}

Result<void> GuardedHubState::put_report(const ExtractionReport& report) {
    return guarded(role_, kPut, table_arn_, [&] { return state_.put_report(report); });
}

Result<std::vector<ExtractionReport>> GuardedHubState::reports() {
    return guarded(role_, kRead, table_arn_, [&] { return state_.reports(); });
}

Result<void> GuardedHubState::put_pong(const Pong& pong) {
    return guarded(role_, kPut, table_arn_, [&] { return state_.put_pong(pong); });
}

Result<std::vector<Pong>> GuardedHubState::pongs() {
    return guarded(role_, kRead, table_arn_, [&] { return state_.pongs(); });
}

Result<void> GuardedHubState::quarantine(const QuarantinedEvent& event) {
    return guarded(role_, kPut, table_arn_, [&] { return state_.quarantine(event); });
}

}  // namespace dsdash::endpoint
