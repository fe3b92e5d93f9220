#pragma once

#include <string>
#include <vector>

#include "embedded/accounts/account.hpp"
#include "embedded/deployed/stack_ledger.hpp"
#include "services/clock.hpp"
#include "stack/stack.hpp"

namespace dsdash::endpoint {

/// Brings declared stacks into an embedded account and takes them out again. Everything is checked
/// before the first change; every step may be repeated, so a deployment that a crash cut short is
/// completed by the next, or taken out: the ledger names what it may have brought from the start.
class StackDeployment {
  public:
    StackDeployment(embedded::Account& account, const Clock& clock)
        : account_(account), clock_(clock) {}

    /// Creates or updates; what an earlier version of the stack had and this one has not is
    /// removed. conflict when the connection function is another stack's and `stack` brings one,
    /// or the other way round.
    Result<embedded::DeployedStack> apply(const stack::Stack& stack);

    /// Gives the functions of deployed stacks the roles that this version of the program declares:
    /// one that an older version deployed may lack what its function needs by now. What cannot be
    /// declared any more is left as it is. Changes nothing where all is as declared.
    Result<void> renew_roles();

    /// Removes the stack and, if `delete_data` or its context says so, what its tables hold; the
    /// names of what was removed. not_found when it is not deployed, unless it is a hub whose kept
    /// data is to be deleted; conflict when another stack uses its connection function.
    Result<std::vector<std::string>> destroy(stack::StackKind kind, bool delete_data);

  private:
    Result<void> check(const stack::Stack& stack);
    Result<void> check_connection(const stack::Stack& stack);
    Result<void> check_nobody_uses_connection(const embedded::DeployedStack& stack);
    Result<void> put_rules(const stack::Stack& stack);
    Result<void> put_functions(const stack::Stack& stack);
    Result<void> renew_role(const stack::FunctionDeclaration& declared,
                            const std::string& stack_name);
    Result<void> put_targets(const stack::Stack& stack);
    Result<void> create_metric_table(const stack::TableDeclaration& declared);
    Result<void> create_tables(const stack::Stack& stack);
    Result<void> remove_leftovers(const embedded::DeployedStack& before,
                                  const embedded::DeployedStack& now);
    Result<void> remove_rule(const std::string& name);
    Result<void> remove_function(const std::string& name);
    Result<void> drop_tables(bool delete_data);

    embedded::Account& account_;
    const Clock& clock_;
};

}  // namespace dsdash::endpoint
