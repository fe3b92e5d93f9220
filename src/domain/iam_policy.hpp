#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/json.hpp"

namespace dsdash {

/// One question to a policy.
struct AccessRequest {
    std::string principal_account;               ///< 12 digits; asked of resource policies only
    std::string principal_arn;                   ///< or the name of a service; may be empty
    std::string action;                          ///< "sagemaker:ListEndpoints"
    std::string resource;                        ///< ARN, or "*" for actions without resource
    std::map<std::string, std::string> context;  ///< condition keys, e.g. aws:PrincipalOrgID
};

/// A parsed IAM policy document: identity policies (no Principal) and resource policies.
class IamPolicy {
  public:
    struct Statement {
        std::string sid;
        bool allow = true;
        std::vector<std::string> actions;  ///< with * and ? wildcards, case-insensitive
        std::vector<std::string> not_actions;
        std::vector<std::string> resources;
        std::vector<std::string> not_resources;
        bool has_principal = false;
        std::vector<std::string> principals;  ///< "*", account ids, ARNs or names of services
        /// operator -> key -> values, e.g. StringEquals -> aws:PrincipalOrgID -> {o-1}
        std::map<std::string, std::map<std::string, std::vector<std::string>>> conditions;
    };

    /// malformed_input (code MalformedPolicyDocument) naming the statement and field: no Version
    /// or Statement, no Effect, both or neither of Action and NotAction, an unknown condition
    /// operator (an operator that is not understood must never allow).
    static Result<IamPolicy> parse(std::string_view text);
    /// As parse, but each statement must say whom it is about: without a Principal a statement
    /// would speak of everyone.
    static Result<IamPolicy> parse_resource_policy(std::string_view text);

    /// An explicit Deny wins; otherwise some statement must allow; otherwise denied.
    [[nodiscard]] bool allows(const AccessRequest& request) const;
    [[nodiscard]] const std::vector<Statement>& statements() const { return statements_; }

  private:
    std::vector<Statement> statements_;
};

}  // namespace dsdash
