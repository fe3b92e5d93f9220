#pragma once

#include "aws/hub_table_names.hpp"
#include "services/aws_api.hpp"
#include "services/hub_state.hpp"

namespace dsdash::aws {

/// The reports, pongs and quarantined events of the hub's state table in DynamoDB. Errors are the
/// AwsApi's; not_found when the table is not there. As AwsApi, not for several threads at once;
/// several programs may write at the same time.
class DynamoDbHubState final : public HubState {
  public:
    explicit DynamoDbHubState(AwsApi& api, HubTableNames names = {})
        : api_(api), names_(std::move(names)) {}

    Result<void> put_report(const ExtractionReport& report) override;
    /// By account.
    Result<std::vector<ExtractionReport>> reports() override;
    Result<void> put_pong(const Pong& pong) override;
    /// By account.
    Result<std::vector<Pong>> pongs() override;
    /// Of an event that is too large for an item (400 KB) the detail is left out, and the reason
    /// says so.
    Result<void> quarantine(const QuarantinedEvent& event) override;

  private:
    AwsApi& api_;
    HubTableNames names_;
};

}  // namespace dsdash::aws
