#pragma once

#include <string>
#include <string_view>

#include "domain/iam_policy.hpp"
#include "embedded/accounts/account.hpp"
#include "embedded/deployed/function_table.hpp"

namespace dsdash::endpoint {

/// What a function, or the account's own user, may do, and under which name it does it. Immutable;
/// any thread may ask.
class FunctionRole {
  public:
    /// The role that the stack gave the function. malformed_input when its policy is none.
    static Result<FunctionRole> of(const embedded::Account& account,
                                   const embedded::FunctionRecord& function);

    /// The account's own user, who may do everything in it.
    static FunctionRole of_owner(const embedded::Account& account);

    /// denied (AccessDeniedException), in AWS's words, unless the role's policy allows `action` on
    /// `resource` (an ARN, or "*" for actions that have none).
    [[nodiscard]] Result<void> check(std::string_view action, std::string_view resource) const;

    /// arn:aws:sts::<account>:assumed-role/<role>/<function>, arn:aws:iam::<account>:root
    [[nodiscard]] const std::string& principal_arn() const { return principal_arn_; }

  private:
    FunctionRole(std::string principal_arn, IamPolicy policy)
        : principal_arn_(std::move(principal_arn)), policy_(std::move(policy)) {}

    std::string principal_arn_;
    IamPolicy policy_;
};

}  // namespace dsdash::endpoint
