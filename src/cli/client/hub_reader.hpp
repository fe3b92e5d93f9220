#pragma once

#include <string>
#include <vector>

#include "doctor/hub_records.hpp"
#include "domain/metric_record.hpp"
#include "services/aws_api.hpp"
#include "services/hub_state.hpp"

namespace dsdash::cli {

/// Which records of one metric to read.
struct HistoryRange {
    std::string metric_name;
    std::string project_name;  ///< empty: all projects
    std::string environment;   ///< empty: all environments
    std::string account_id;    ///< empty: all accounts
    TimePoint from;            ///< inclusive
    TimePoint to;              ///< inclusive
    std::size_t records_max = 100;
};

/// Which records to count.
struct CountRange {
    std::string metric_name;
    std::string account_prefix;  ///< of accounts whose ids start with this
    TimePoint from;              ///< inclusive
    TimePoint to;                ///< inclusive
};

/// Reads a hub's two tables with DynamoDB's Query, so that it makes no difference where the hub is.
/// Its errors are the AwsApi's; not_found means that the account has no hub stack.
class HubReader final : public doctor::HubRecords {
  public:
    explicit HubReader(AwsApi& api) : api_(api) {}

    /// The newest record of every series, by project, environment, account and metric.
    Result<std::vector<LatestRecord>> latest() override;
    /// The newest report of every spoke that has sent one.
    Result<std::vector<ExtractionReport>> reports() override;
    Result<std::vector<Pong>> pongs() override;
    Result<std::vector<QuarantinedEvent>> quarantined(std::size_t events_max) override;
    /// The newest `records_max` records in the range, newest first. Rows that are no records (text
    /// as MetricValue, which the Python reference allows) are left out.
    Result<std::vector<MetricRecord>> history(const HistoryRange& range);
    /// Looks at every record of the metric in that time.
    Result<std::int64_t> count(const CountRange& range);

  private:
    AwsApi& api_;
};

}  // namespace dsdash::cli
