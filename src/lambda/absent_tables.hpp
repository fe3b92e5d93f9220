#pragma once

#include "services/hub_state.hpp"
#include "services/metric_table.hpp"

namespace dsdash::aws {
class DynamoDbMetricTable final : public MetricTable {
  public:
    explicit DynamoDbMetricTable(AwsApi&) {}
    std::vector<Result<Stored>> put(std::span<const MetricRecord> records) override {
        return {records.size(), fail(ErrorKind::internal, "no table")};
    }
    Result<std::vector<MetricRecord>> latest() override {
        return fail(ErrorKind::internal, "no table");
    }
    Result<std::vector<HistoryPoint>> history(const HistoryQuery&) override {
        return fail(ErrorKind::internal, "no table");
    }
};
class DynamoDbHubState final : public HubState {
  public:
    explicit DynamoDbHubState(AwsApi&) {}
    Result<void> put_report(const ExtractionReport&) override {
        return fail(ErrorKind::internal, "no table");
    }
    Result<std::vector<ExtractionReport>> reports() override {
        return fail(ErrorKind::internal, "no table");
    }
    Result<void> quarantine(const QuarantinedEvent&) override {
        return fail(ErrorKind::internal, "no table");
    }
};
}  // namespace dsdash::aws
