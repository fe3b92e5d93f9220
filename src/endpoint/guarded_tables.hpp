#pragma once

#include "endpoint/function_role.hpp"
#include "services/hub_state.hpp"
#include "services/metric_table.hpp"

/// The hub's tables for a function of an embedded account. The archive puts records by the
/// thousand, so it gets the tables themselves and not DynamoDB's API in front of them; its role is
/// asked for the same permissions all the same.
namespace dsdash::endpoint {

class GuardedMetricTable final : public MetricTable {
  public:
    GuardedMetricTable(MetricTable& table, const FunctionRole& role, std::string table_arn)
        : table_(table), role_(role), table_arn_(std::move(table_arn)) {}

    std::vector<Result<Stored>> put(std::span<const MetricRecord> records) override;
    Result<std::vector<MetricRecord>> latest() override;
    Result<std::vector<HistoryPoint>> history(const HistoryQuery& query) override;

  private:
    MetricTable& table_;
    const FunctionRole& role_;
    std::string table_arn_;
};

class GuardedHubState final : public HubState {
  public:
    GuardedHubState(HubState& state, const FunctionRole& role, std::string table_arn)
        : state_(state), role_(role), table_arn_(std::move(table_arn)) {}

    Result<void> put_report(const ExtractionReport& report) override;
    Result<std::vector<ExtractionReport>> reports() override;
    Result<void> put_pong(const Pong& pong) override;
    Result<std::vector<Pong>> pongs() override;
    Result<void> quarantine(const QuarantinedEvent& event) override;

  private:
    HubState& state_;
    const FunctionRole& role_;
    std::string table_arn_;
};

}  // namespace dsdash::endpoint
