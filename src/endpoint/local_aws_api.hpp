#pragma once

#include "endpoint/function_role.hpp"
#include "endpoint/operation.hpp"
#include "services/aws_api.hpp"

namespace dsdash::endpoint {

/// AWS's operations for a function of an embedded account: the same ones that the port serves, each
/// checked against the function's role as AWS would check it. For one invocation.
class LocalAwsApi final : public AwsApi {
  public:
    /// Calls after `deadline` are refused with timed_out. `role` and what `context` refers to must
    /// outlive this.
    LocalAwsApi(const CallContext& context, const FunctionRole& role, TimePoint deadline);

    /// malformed_input (UnknownOperationException) for what is not offered here; denied for what
    /// the role does not allow, which includes passing on a role (iam:PassRole).
    Result<json::object> call(std::string_view service, std::string_view operation,
                              const json::object& input) override;
    [[nodiscard]] const AccountId& account() const override { return context_.account.id(); }
    [[nodiscard]] const Region& region() const override { return context_.account.region(); }

  private:
    CallContext context_;
    const FunctionRole& role_;
    TimePoint deadline_;
};

}  // namespace dsdash::endpoint
