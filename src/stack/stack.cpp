#include "stack/stack.hpp"

#include "domain/contract.hpp"
#include "domain/json.hpp"

namespace dsdash::stack {

std::string_view kind_name(StackKind kind) {
    return kind == StackKind::hub ? "hub" : "spoke";
}

std::string_view stack_name(StackKind kind) {
    return kind == StackKind::hub ? contract::kHubStack : contract::kSpokeStack;
}

Result<StackKind> parse_kind(std::string_view text) {
    if (text == kind_name(StackKind::hub)) return StackKind::hub;
    if (text == kind_name(StackKind::spoke)) return StackKind::spoke;
    return fail(ErrorKind::malformed_input, "Stack must be hub or spoke");
}

std::string policy_document(std::span<const PolicyStatement> statements) {
    json::array rendered;
    for (const auto& [actions, resources] : statements) {
        rendered.emplace_back(
            json::object{{"Effect", "Allow"},
                         {"Action", json::array(actions.begin(), actions.end())},
                         {"Resource", json::array(resources.begin(), resources.end())}});
    }
    return json::serialize(
        json::object{{"Version", "2012-10-17"}, {"Statement", std::move(rendered)}});
}

}  // namespace dsdash::stack
