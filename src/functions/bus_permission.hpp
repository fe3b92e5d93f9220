#pragma once

#include <optional>
#include <vector>

#include "functions/bus_policy.hpp"
#include "functions/peers.hpp"
#include "services/aws_api.hpp"
#include "services/clock.hpp"

namespace dsdash::functions {

/// Holds "o-…": the AWS organization to allow when the accounts do not fit into the policy.
inline constexpr std::string_view kOrganizationParameter = "/ds-dashboard/organization_id";

/// Who may put events on the account's default bus: EBPut and its reverse. Other people's
/// statements stay; the policy is read again when somebody changed it meanwhile.
class BusPermission {
  public:
    BusPermission(AwsApi& aws, ParameterStore& parameters, const Clock& clock)
        : aws_(aws), parameters_(parameters), clock_(clock) {}

    /// Makes our statements equal to `peers`. When their accounts do not fit into the policy, the
    /// organization is allowed in place of the longer list, or of both; without one, nothing is
    /// changed and the accounts that are not in the policy yet have failed.
    Result<std::vector<PeerOutcome>> allow(const Peers& peers);

    /// Takes `account`, or everyone, out of our statements; tells of changes and failures only.
    /// `peers` names those who came in with an organization.
    Result<std::vector<PeerOutcome>> withdraw(const std::optional<AccountId>& account,
                                              const Peers& peers);

  private:
    template <class Change>
    Result<std::vector<PeerOutcome>> change_policy(const Change& change);
    Result<void> write_policy(const BusPolicy& before, const BusPolicy& after);
    Result<std::optional<std::string>> read_organization();

    AwsApi& aws_;
    ParameterStore& parameters_;
    const Clock& clock_;
};

}  // namespace dsdash::functions
