#include <algorithm>

#include "domain/arn.hpp"
#include "domain/glob.hpp"
#include "domain/iam_condition.hpp"
#include "domain/iam_policy.hpp"

namespace dsdash {

namespace {

bool names_account(const std::string& principal, const std::string& account) {
    if (principal == account) {
        return true;
    }
    // arn:aws:iam::111111111111:root stands for the whole account, not for its root user.
    const auto arn = Arn::parse(principal);
    return arn && arn->service == "iam" && arn->resource == "root" && arn->account == account;
}

bool names_principal(const std::string& principal, const AccessRequest& request) {
    return principal == "*" ||
           (!request.principal_arn.empty() && principal == request.principal_arn) ||
           (!request.principal_account.empty() &&
            names_account(principal, request.principal_account));
}

bool applies_to_action(const IamPolicy::Statement& statement, const std::string& action) {
    const auto names_action = [&](const std::string& pattern) {
        return matches_glob_ignoring_case(pattern, action);
    };
    return statement.actions.empty() ? std::ranges::none_of(statement.not_actions, names_action)
                                     : std::ranges::any_of(statement.actions, names_action);
}

/// A statement with neither Resource nor NotResource is about what it is attached to.
bool applies_to_resource(const IamPolicy::Statement& statement, const std::string& resource) {
    const auto names_resource = [&](const std::string& pattern) {
        return matches_glob(pattern, resource);
    };
    return statement.resources.empty()
               ? std::ranges::none_of(statement.not_resources, names_resource)
               : std::ranges::any_of(statement.resources, names_resource);
}

bool applies_to_principal(const IamPolicy::Statement& statement, const AccessRequest& request) {
    return !statement.has_principal ||
           std::ranges::any_of(statement.principals, [&](const std::string& principal) {
               return names_principal(principal, request);
           });
}

bool conditions_hold(const IamPolicy::Statement& statement, const AccessRequest& request) {
    for (const auto& [name, values_by_key] : statement.conditions) {
        for (const auto& [key, values] : values_by_key) {
            if (!condition_holds(name, key, values, request.context)) {
                return false;
            }
        }
    }
    return true;
}

bool applies(const IamPolicy::Statement& statement, const AccessRequest& request) {
    return applies_to_action(statement, request.action) &&
           applies_to_resource(statement, request.resource) &&
           applies_to_principal(statement, request) && conditions_hold(statement, request);
}

}  // namespace

bool IamPolicy::allows(const AccessRequest& request) const {
    bool allowed = false;
    for (const auto& statement : statements_) {
        if (!applies(statement, request)) {
            continue;
        }
        if (!statement.allow) {
            return false;
        }
        allowed = true;
    }
    return allowed;
}

}  // namespace dsdash
