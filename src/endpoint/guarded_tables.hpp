#pragma once

#include "endpoint/function_role.hpp"
#include "services/clock.hpp"
#include "services/hub_state.hpp"
#include "services/metric_table.hpp"

/// The hub's tables for a function of an embedded account. The archive puts records by the
/// thousand, so it gets the tables themselves and not DynamoDB's API in front of them; its role is
/// asked for the same permissions all the same, and its
/// time runs out all the same.
namespace dsdash::endpoint {

/// What one invocation may do to one table. `role` and `clock` must outlive it.
class TableGuard {
  public:
    /// Calls from `deadline` on are refused.
    TableGuard(const FunctionRole& role, std::string table_arn, const Clock& clock,
               TimePoint deadline)
        : role_(role), table_arn_(std::move(table_arn)), clock_(clock), deadline_(deadline) {}

    /// denied unless the role allows `action`, timed_out once the deadline has passed.
    [[nodiscard]] Result<void> check(std::string_view action) const;

  private:
    const FunctionRole& role_;
    std::string table_arn_;
    const Clock& clock_;
    TimePoint deadline_;
};

class GuardedMetricTable final : public MetricTable {
  public:
    /// `state_guard`: that of the table in which the latest records stand on AWS.
    GuardedMetricTable(MetricTable& table, TableGuard guard, TableGuard state_guard)
        : table_(table), guard_(std::move(guard)), state_guard_(std::move(state_guard)) {}

    std::vector<Result<Stored>> put(std::span<const MetricRecord> records) override;
    Result<std::vector<LatestRecord>> latest() override;
    Result<std::vector<HistoryPoint>> history(const HistoryQuery& query) override;

  private:
    Result<void> check_put() const;

    MetricTable& table_;
    TableGuard guard_;
    TableGuard state_guard_;
};

class GuardedHubState final : public HubState {
  public:
    GuardedHubState(HubState& state, TableGuard guard) : state_(state), guard_(std::move(guard)) {}

    Result<void> put_report(const ExtractionReport& report) override;
    Result<std::vector<ExtractionReport>> reports() override;
    Result<void> put_pong(const Pong& pong) override;
    Result<std::vector<Pong>> pongs() override;
    Result<void> quarantine(const QuarantinedEvent& event) override;

  private:
    HubState& state_;
    TableGuard guard_;
};

}  // namespace dsdash::endpoint
