#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/account_id.hpp"
#include "domain/result.hpp"

/// What is deployed into an account, as plain data: declared once, applied to an embedded account
/// (endpoint/dsdash/stacks) or rendered for a deployment tool.
namespace dsdash::stack {

enum class StackKind { hub, spoke };
[[nodiscard]] std::string_view kind_name(StackKind kind);
/// "ds-dashboard-hub-stack".
[[nodiscard]] std::string_view stack_name(StackKind kind);
/// malformed_input for anything but "hub" and "spoke".
Result<StackKind> parse_kind(std::string_view text);

/// Allows `actions` on `resources`.
struct PolicyStatement {
    std::vector<std::string> actions;
    std::vector<std::string> resources;
    bool operator==(const PolicyStatement&) const = default;
};

/// The IAM policy document (JSON text) of these statements.
[[nodiscard]] std::string policy_document(std::span<const PolicyStatement> statements);

/// A role that a service of AWS's assumes.
struct RoleDeclaration {
    std::string name;
    std::string service;  ///< "lambda.amazonaws.com"
    std::vector<PolicyStatement> statements;
};

struct FunctionDeclaration {
    std::string name;
    std::string handler;  ///< which of the program's functions it is
    std::string description;
    RoleDeclaration role;
    std::map<std::string, std::string> environment;
    int timeout_s = 30;
    int memory_mb = 128;
};

/// A rule of the default bus whose events, or ticks, start a function of the same stack.
struct RuleDeclaration {
    std::string name;
    std::string description;
    std::string event_pattern;        ///< JSON text; empty: by schedule
    std::string schedule_expression;  ///< empty: by pattern
    std::string function;             ///< name of the function it starts
};

struct TableDeclaration {
    enum class Kind {
        metric_table,  ///< MetricName, ExtractionDate; index by project
        hub_state,     ///< StateKey, SortKey
    };
    std::string name;
    Kind kind = Kind::metric_table;
};

struct Stack {
    StackKind kind = StackKind::hub;
    std::string name;
    std::map<std::string, std::string> context;  ///< as it was given
    std::vector<FunctionDeclaration> functions;
    std::vector<RoleDeclaration> roles;  ///< besides those of the functions
    std::vector<RuleDeclaration> rules;
    std::vector<TableDeclaration> tables;
    /// The connection function is another stack's (`-c connection=existing`).
    bool uses_existing_connection = false;
};

}  // namespace dsdash::stack
