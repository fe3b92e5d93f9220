#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/account_id.hpp"
#include "domain/result.hpp"

/// What is deployed into an account, as plain data: declared once, applied to an embedded account
/// (endpoint/dsdash/stacks) or rendered for the CDK (stack/cdk).
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
    std::string log_group;
    /// Where an event goes that the function failed at for good: the queue of the rule that starts
    /// it; empty: nowhere. As RuleDeclaration has it.
    std::string dead_letter_queue;
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
    /// Name of the SQS queue for events that could not be delivered; empty: none. In an embedded
    /// account dead letters lie in the account's file instead.
    std::string dead_letter_queue;
};

/// An SQS queue for what rules that a function makes cannot deliver. An embedded account needs
/// none.
struct DeadLetterQueueDeclaration {
    std::string name;
    std::string rules;  ///< ARN of the rules that may put something there; may have wildcards
};

/// Both are strings.
struct TableKey {
    std::string partition;
    std::string sort;
    bool operator==(const TableKey&) const = default;
};

/// Has every attribute of the table's items.
struct TableIndex {
    std::string name;
    TableKey key;
};

struct TableDeclaration {
    enum class Kind { metric_table, hub_state };
    std::string name;
    Kind kind = Kind::metric_table;
    TableKey key;
    std::optional<TableIndex> index;
    /// How long it keeps an item of the metric table; nothing: for ever. On AWS the archive tells
    /// DynamoDB (contract::kExpirationAttribute), an embedded account sees to it itself.
    std::optional<std::chrono::days> retention;
    /// It is there already and no part of the stack: an embedded account finds what an earlier
    /// stack left in any case, CloudFormation has to be told.
    bool is_adopted = false;
    /// What it holds is deleted with the stack; otherwise it stays.
    bool is_deleted_with_stack = false;
};

struct Stack {
    StackKind kind = StackKind::hub;
    std::string name;
    std::map<std::string, std::string> context;  ///< as it was given
    std::vector<FunctionDeclaration> functions;
    std::vector<RoleDeclaration> roles;                          ///< besides those of the functions
    std::vector<DeadLetterQueueDeclaration> dead_letter_queues;  ///< besides those of the rules
    std::vector<RuleDeclaration> rules;
    std::vector<TableDeclaration> tables;
    /// The connection function is another stack's (`-c connection=existing`).
    bool uses_existing_connection = false;
};

}  // namespace dsdash::stack
