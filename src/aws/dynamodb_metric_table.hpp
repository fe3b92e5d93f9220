#pragma once

#include "aws/hub_table_names.hpp"
#include "services/aws_api.hpp"
#include "services/metric_table.hpp"

namespace dsdash::aws {

/// The hub's metric table in DynamoDB, and the "latest" items of its state table, which put() keeps
/// up to date. Errors are the AwsApi's; not_found when a table is not there. As AwsApi, not for
/// several threads at once; several programs may write at the same time.
class DynamoDbMetricTable final : public MetricTable {
  public:
    /// `retention`: how long after its date DynamoDB is to keep a record (contract::
    /// kExpirationAttribute); the latest of each series stays. Nothing: for ever.
    explicit DynamoDbMetricTable(AwsApi& api, HubTableNames names = {},
                                 std::optional<std::chrono::days> retention = std::nullopt)
        : api_(api), names_(std::move(names)), retention_(retention) {}

    /// Two calls a record at most, more where dates collide (RecordPlacer). A record that was
    /// stored but whose series' latest item could not be brought up to date answers that error: put
    /// again, it is a duplicate and the latest item is tried again. malformed_input also where the
    /// names of a series are too long together for a sort key (1,024 bytes with three "#").
    std::vector<Result<Stored>> put(std::span<const MetricRecord> records) override;
    /// Of the series that put() has stored records of.
    Result<std::vector<LatestRecord>> latest() override;
    /// Reads every record of the metric in that time, of whatever series, for the table's key is
    /// (MetricName, ExtractionDate). Rows whose MetricValue is no number are left out: the Python
    /// reference stores any text that a metric returns.
    Result<std::vector<HistoryPoint>> history(const HistoryQuery& query) override;

  private:
    AwsApi& api_;
    HubTableNames names_;
    std::optional<std::chrono::days> retention_;
};

}  // namespace dsdash::aws
