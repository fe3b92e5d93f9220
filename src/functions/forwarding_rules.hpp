#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "functions/peers.hpp"
#include "services/aws_api.hpp"

namespace dsdash::functions {

/// Every rule this program makes in an account at run time is named so.
inline constexpr std::string_view kForwardingRulePrefix = "forward-ds-dashboard-";

/// EventBridge delivers to another account's bus as this role of the sending account. The stack
/// that brings the connection function makes it.
inline constexpr std::string_view kForwardingRole = "ds-dashboard-event-forwarding";

/// Where EventBridge puts what it cannot deliver to another account's bus: the SQS queue of that
/// name, of the same stack. In an embedded account it is a name only; dead letters lie in its file.
inline constexpr std::string_view kForwardingDeadLetters = "ds-dashboard-forwarding-dead-letters";

/// The rules that forward events to other accounts' default buses: EBRule and its reverse. To
/// spokes go fetch events and pings, to hubs metric events, reports and pongs. A rule takes five
/// targets; accounts keep their places while others come and go. Other people's rules stay.
class ForwardingRules {
  public:
    explicit ForwardingRules(AwsApi& aws) : aws_(aws) {}

    /// Makes the rules towards the accounts of `role` equal to `wanted`: creates, repairs and
    /// removes. An account that is refused has failed; the others proceed.
    Result<std::vector<PeerOutcome>> apply(Role role, const std::set<AccountId>& wanted);

    /// Stops forwarding to `account`, or to everyone; tells of changes and failures only.
    Result<std::vector<PeerOutcome>> remove(Role role, const std::optional<AccountId>& account);

  private:
    AwsApi& aws_;
};

}  // namespace dsdash::functions
