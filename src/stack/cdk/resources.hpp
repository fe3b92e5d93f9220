#pragma once

#include <span>

#include "stack/cdk/template_builder.hpp"
#include "stack/stack.hpp"

/// What each declaration becomes in a template: one file a kind.
namespace dsdash::cdk {

/// Where Lambda finds the functions' code.
struct CodeLocation {
    json::value bucket;
    std::string key;
    std::string architecture;  ///< "x86_64" or "arm64"
};

/// Nothing for an adopted table.
void add_table(TemplateBuilder& builder, const stack::TableDeclaration& table);

void add_role(TemplateBuilder& builder, const ConstructPath& path,
              const stack::RoleDeclaration& role);

/// The function with its role and log group.
void add_function(TemplateBuilder& builder, const stack::FunctionDeclaration& function,
                  const CodeLocation& code);

/// The rule, its dead-letter queue if it has one, and the permission to start its function.
void add_rule(TemplateBuilder& builder, const stack::RuleDeclaration& rule);

/// A queue for what `rule` could not deliver, and the policy that lets it put that there.
void add_dead_letter_queue(TemplateBuilder& builder, const stack::RuleDeclaration& rule);
void add_dead_letter_queue(TemplateBuilder& builder,
                           const stack::DeadLetterQueueDeclaration& queue);

}  // namespace dsdash::cdk
