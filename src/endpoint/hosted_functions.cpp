#include "endpoint/hosted_functions.hpp"

#include "aws/event_bus.hpp"
#include "aws/parameter_store.hpp"
#include "domain/arn.hpp"
#include "embedded/delivery/delivery_engine.hpp"
#include "embedded/hub_tables/record_table.hpp"
#include "embedded/hub_tables/state_table.hpp"
#include "endpoint/guarded_tables.hpp"
#include "endpoint/local_aws_api.hpp"
#include "functions/archive.hpp"
#include "functions/run_function.hpp"

namespace dsdash::endpoint {

namespace {

/// The ARN of the table that the function was told in `variable`; of no table when it was not.
std::string told_table(const embedded::Account& account, const embedded::FunctionRecord& function,
                       const std::string& variable) {
    const auto found = function.environment.find(variable);
    const auto name = found == function.environment.end() ? std::string() : found->second;
    return table_arn(account.region(), account.id(), name);
}

}  // namespace

/// The services of one invocation, as the function's role.
class HostedFunctions::Invocation {
  public:
    Invocation(HostedFunctions& host, embedded::Account& account,
               const embedded::FunctionRecord& function, FunctionRole role, TimePoint deadline)
        : role_(std::move(role)),
          api_({host.home_, account, host, *host.deliveries_, host.clock_, {}}, role_, deadline),
          state_guard_(role_, told_table(account, function, "HUB_STATE_TABLE"), host.clock_,
                       deadline),
          metric_table_(account.metric_table(),
                        {role_, told_table(account, function, "HUB_TABLE"), host.clock_, deadline},
                        state_guard_),
          hub_state_(account.hub_state(), state_guard_),
          services_{api_,          parameters_,          bus_,
                    metric_table_, hub_state_,           host.clock_,
                    host.uuids_,   function.environment, deadline} {}
    Invocation(const Invocation&) = delete;
    Invocation& operator=(const Invocation&) = delete;

    functions::Services& services() { return services_; }

  private:
    FunctionRole role_;
    LocalAwsApi api_;
    aws::AwsParameterStore parameters_{api_};
    aws::AwsEventBus bus_{api_};
    TableGuard state_guard_;
    GuardedMetricTable metric_table_;
    GuardedHubState hub_state_;
    functions::Services services_;
};

Result<std::string> HostedFunctions::invoke(embedded::Account& account,
                                            const embedded::FunctionRecord& function,
                                            std::string_view payload, TimePoint deadline) {
    auto role = FunctionRole::of(account, function);
    if (!role) return std::unexpected(std::move(role.error()));
    Invocation invocation(*this, account, function, std::move(*role), deadline);
    return functions::run_function(function.handler, payload, invocation.services());
}

bool HostedFunctions::takes_batches(const embedded::FunctionRecord& function) const {
    return function.handler == functions::kArchiveHandler;
}

std::vector<Result<void>> HostedFunctions::deliver(embedded::Account& account,
                                                   const embedded::FunctionRecord& function,
                                                   std::span<const Event> events,
                                                   TimePoint deadline) {
    auto role = FunctionRole::of(account, function);
    if (!role) return {events.size(), std::unexpected(std::move(role.error()))};
    Invocation invocation(*this, account, function, std::move(*role), deadline);
    std::vector<Result<void>> answers;
    answers.reserve(events.size());
    for (auto& archived : functions::Archive(invocation.services()).store(events)) {
        answers.push_back(archived ? Result<void>{} : std::unexpected(std::move(archived.error())));
    }
    return answers;
}

}  // namespace dsdash::endpoint
