#include "endpoint/dsdash/stack_deployment.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/arn.hpp"
#include "domain/contract.hpp"
#include "embedded/bus/bus.hpp"
#include "embedded/deployed/function_table.hpp"
#include "embedded/hub_tables/record_table.hpp"
#include "embedded/hub_tables/state_table.hpp"
#include "stack/declare.hpp"
#include "stack/hub_tables.hpp"

namespace dsdash::endpoint {

namespace {

using embedded::DeployedStack;

embedded::Rule to_rule(const stack::RuleDeclaration& declared) {
    embedded::Rule rule;
    rule.name = declared.name;
    rule.event_pattern = declared.event_pattern;
    rule.schedule_expression = declared.schedule_expression;
    rule.description = declared.description;
    return rule;
}

template <class Declarations>
std::vector<std::string> names_of(const Declarations& declarations) {
    std::vector<std::string> names;
    for (const auto& declaration : declarations) names.push_back(declaration.name);
    return names;
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

void add_missing(const std::vector<std::string>& names, std::vector<std::string>& to) {
    for (const auto& name : names) {
        if (!contains(to, name)) to.push_back(name);
    }
}

/// `stack` with what an earlier state of it has beside.
DeployedStack with_resources_of(const DeployedStack& before, DeployedStack stack) {
    add_missing(before.functions, stack.functions);
    add_missing(before.rules, stack.rules);
    add_missing(before.tables, stack.tables);
    return stack;
}

/// What has to be removed may be gone already.
Result<void> ignore_not_found(Result<void> removed) {
    if (!removed && removed.error().kind == ErrorKind::not_found) return {};
    return removed;
}

}  // namespace

Result<DeployedStack> StackDeployment::apply(const stack::Stack& stack) {
    const auto before = account_.stacks().find(stack::kind_name(stack.kind));
    if (!before) return std::unexpected(before.error());
    DeployedStack deployed{.kind = std::string(stack::kind_name(stack.kind)),
                           .stack_name = stack.name,
                           .context = stack.context,
                           .functions = names_of(stack.functions),
                           .rules = names_of(stack.rules),
                           .tables = names_of(stack.tables),
                           .deployed_at = clock_.now()};
    auto done = check(stack);
    // Each step is a commit of its own: what the first of them may have brought has to be known to
    // destroy() before it is there.
    if (done)
        done = account_.stacks().put(*before ? with_resources_of(**before, deployed) : deployed);
    if (done) done = put_rules(stack);
    if (done) done = create_tables(stack);
    if (done) done = put_functions(stack);
    if (done) done = put_targets(stack);
    if (done && *before) done = remove_leftovers(**before, deployed);
    if (done) done = account_.stacks().put(deployed);
    if (!done) return std::unexpected(std::move(done.error()));
    return deployed;
}

Result<void> StackDeployment::check(const stack::Stack& stack) {
    for (const auto& rule : stack.rules) {
        if (auto checked = embedded::check_rule(to_rule(rule), account_.identity()); !checked) {
            checked.error().message =
                fmt::format("rule {}: {}", rule.name, checked.error().message);
            return checked;
        }
    }
    return check_connection(stack);
}

Result<void> StackDeployment::check_connection(const stack::Stack& stack) {
    const auto found = account_.functions().find(contract::kConnectionFunction);
    if (!found) return std::unexpected(found.error());
    const bool is_anothers = *found && (*found)->stack_name != stack.name;
    if (stack.uses_existing_connection && !is_anothers) {
        return fail(ErrorKind::conflict,
                    fmt::format("no other stack of account {} has brought {}: deploy without "
                                "connection=existing",
                                account_.id().text(), contract::kConnectionFunction));
    }
    if (!stack.uses_existing_connection && is_anothers) {
        return fail(ErrorKind::conflict,
                    fmt::format("{} has brought {} already: deploy with -c connection=existing",
                                (*found)->stack_name, contract::kConnectionFunction));
    }
    return {};
}

Result<void> StackDeployment::put_rules(const stack::Stack& stack) {
    for (const auto& rule : stack.rules) {
        if (auto put = account_.bus().rules().put_rule(to_rule(rule)); !put) return put;
    }
    return {};
}

Result<void> StackDeployment::create_metric_table(const stack::TableDeclaration& declared) {
    if (auto created = account_.metric_table().create(); !created) return created;
    return account_.metric_table().keep_for(declared.retention);
}

Result<void> StackDeployment::create_tables(const stack::Stack& stack) {
    for (const auto& table : stack.tables) {
        auto created = table.kind == stack::TableDeclaration::Kind::metric_table
                           ? create_metric_table(table)
                           : account_.hub_state().create();
        if (!created) return created;
    }
    return {};
}

Result<void> StackDeployment::put_functions(const stack::Stack& stack) {
    for (const auto& function : stack.functions) {
        auto put = account_.functions().put(
            {.name = function.name,
             .handler = function.handler,
             .description = function.description,
             .role_arn = role_arn(account_.region(), account_.id(), function.role.name),
             .role_policy = stack::policy_document(function.role.statements),
             .environment = function.environment,
             .timeout_s = function.timeout_s,
             .memory_mb = function.memory_mb,
             .stack_name = stack.name,
             .last_modified = clock_.now()});
        if (!put) return put;
    }
    return {};
}

Result<void> StackDeployment::renew_roles() {
    const auto deployed = account_.stacks().list();
    if (!deployed) return std::unexpected(deployed.error());
    for (const auto& stack : *deployed) {
        const auto kind = stack::parse_kind(stack.kind);
        if (!kind) return std::unexpected(kind.error());
        const auto declared =
            stack::declare_stack(*kind, {account_.id(), account_.region(), stack.context});
        if (!declared) continue;
        for (const auto& function : declared->functions) {
            if (auto renewed = renew_role(function, stack.stack_name); !renewed) return renewed;
        }
    }
    return {};
}

Result<void> StackDeployment::renew_role(const stack::FunctionDeclaration& declared,
                                         const std::string& stack_name) {
    auto function = account_.functions().find(declared.name);
    if (!function) return std::unexpected(function.error());
    if (!*function || (*function)->stack_name != stack_name) return {};
    auto policy = stack::policy_document(declared.role.statements);
    if ((*function)->role_policy == policy) return {};
    (*function)->role_policy = std::move(policy);
    return account_.functions().put(**function);
}

Result<void> StackDeployment::put_targets(const stack::Stack& stack) {
    for (const auto& rule : stack.rules) {
        embedded::Target target;
        target.id = rule.function;
        target.arn = function_arn(account_.region(), account_.id(), rule.function);
        if (auto put = account_.bus().rules().put_targets(rule.name, {&target, 1}); !put) {
            return put;
        }
    }
    return {};
}

Result<void> StackDeployment::remove_leftovers(const DeployedStack& before,
                                               const DeployedStack& now) {
    for (const auto& rule : before.rules) {
        if (contains(now.rules, rule)) continue;
        if (auto removed = remove_rule(rule); !removed) return removed;
    }
    for (const auto& function : before.functions) {
        if (contains(now.functions, function)) continue;
        if (auto removed = remove_function(function); !removed) return removed;
    }
    return {};
}

Result<void> StackDeployment::remove_rule(const std::string& name) {
    auto& rules = account_.bus().rules();
    const auto targets = rules.list_targets(name);
    if (!targets) return ignore_not_found(std::unexpected(targets.error()));
    std::vector<std::string> ids;
    for (const auto& target : *targets) ids.push_back(target.id);
    if (!ids.empty()) {
        if (const auto removed = rules.remove_targets(name, ids); !removed) {
            return std::unexpected(removed.error());
        }
    }
    return rules.remove_rule(name);
}

Result<void> StackDeployment::remove_function(const std::string& name) {
    return ignore_not_found(account_.functions().remove(name));
}

Result<void> StackDeployment::drop_tables(bool delete_data) {
    if (auto dropped = account_.metric_table().drop(delete_data); !dropped) return dropped;
    return account_.hub_state().drop(delete_data);
}

Result<void> StackDeployment::check_nobody_uses_connection(const DeployedStack& stack) {
    if (!contains(stack.functions, contract::kConnectionFunction)) return {};
    const auto stacks = account_.stacks().list();
    if (!stacks) return std::unexpected(stacks.error());
    for (const auto& other : *stacks) {
        if (other.kind != stack.kind) {
            return fail(ErrorKind::conflict,
                        fmt::format("{} uses the connection function of {}: destroy it first",
                                    other.stack_name, stack.stack_name));
        }
    }
    return {};
}

Result<std::vector<std::string>> StackDeployment::destroy(stack::StackKind kind, bool delete_data) {
    const auto found = account_.stacks().find(stack::kind_name(kind));
    if (!found) return std::unexpected(found.error());
    const bool has_tables = kind == stack::StackKind::hub;
    if (!*found) {
        if (has_tables && delete_data) {
            if (auto dropped = drop_tables(true); !dropped) {
                return std::unexpected(std::move(dropped.error()));
            }
            return std::vector<std::string>{std::string(contract::kHubTable),
                                            std::string(contract::kHubStateTable)};
        }
        return fail(ErrorKind::not_found,
                    fmt::format("{} is not deployed in account {}", stack::stack_name(kind),
                                account_.id().text()));
    }
    const auto& stack = **found;
    const bool drops_data = delete_data || stack::deletes_tables(stack.context);
    auto done = check_nobody_uses_connection(stack);
    if (done) done = remove_leftovers(stack, {});
    if (done && has_tables) done = drop_tables(drops_data);
    if (done) done = account_.stacks().remove(stack.kind);
    if (!done) return std::unexpected(std::move(done.error()));

    auto removed = stack.rules;
    removed.insert(removed.end(), stack.functions.begin(), stack.functions.end());
    removed.insert(removed.end(), stack.tables.begin(), stack.tables.end());
    return removed;
}

}  // namespace dsdash::endpoint
