#pragma once

#include <memory>

#include "aws/hub_table_names.hpp"
#include "services/aws_api.hpp"
#include "services/hub_state.hpp"
#include "services/metric_table.hpp"

namespace dsdash::contract_suite {

/// An account that the contracts are held against. Its two hub tables are its own and empty.
class Home {
  public:
    virtual ~Home() = default;
    virtual MetricTable& metric_table() = 0;
    /// The same table, but every fourth call to it is carried out and its answer lost - where calls
    /// go over a network. Elsewhere there is no answer to lose.
    virtual MetricTable& metric_table_losing_answers() = 0;
    virtual HubState& hub_state() = 0;
    /// Operations as the account's user.
    virtual AwsApi& api() = 0;
    [[nodiscard]] virtual const aws::HubTableNames& tables() const = 0;
    /// Whether the metric table takes items of any shape, as DynamoDB's does.
    [[nodiscard]] virtual bool takes_any_item() const = 0;
};

/// An account of the embedded home in a temporary folder, in this process.
std::unique_ptr<Home> make_embedded_home();
/// The account and endpoint that the AWS environment variables and profiles name. Makes tables of
/// its own there and deletes them at the end.
std::unique_ptr<Home> make_remote_home();

/// The one that this run is about: remote if DSDASH_CONTRACT_HOME=remote, else embedded.
Home& home();

}  // namespace dsdash::contract_suite
