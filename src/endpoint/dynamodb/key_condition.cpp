#include "endpoint/dynamodb/key_condition.hpp"

#include <fmt/format.h>

#include <map>

#include "endpoint/dynamodb/errors.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr std::string_view kInvalid = "Invalid condition in KeyConditionExpression: ";

/// A condition on one attribute, which stands on its left.
struct Term {
    NodeKind kind;
    std::vector<const json::value*> values;
};
using Terms = std::map<std::string, Term, std::less<>>;

NodeKind mirrored(NodeKind comparator) {
    switch (comparator) {
        case NodeKind::less:
            return NodeKind::greater;
        case NodeKind::less_or_equal:
            return NodeKind::greater_or_equal;
        case NodeKind::greater:
            return NodeKind::less;
        case NodeKind::greater_or_equal:
            return NodeKind::less_or_equal;
        default:
            return comparator;
    }
}

Result<void> check_operator(const Node& node) {
    switch (node.kind) {
        case NodeKind::equal:
        case NodeKind::less:
        case NodeKind::less_or_equal:
        case NodeKind::greater:
        case NodeKind::greater_or_equal:
            return {};
        case NodeKind::between:
        case NodeKind::begins_with:
            if (node.operands[0].kind == NodeKind::path) return {};
            return invalid(
                fmt::format("{}{} operator must have the key attribute as its first "
                            "operand",
                            kInvalid, spelling_of(node.kind)));
        default:
            return invalid(fmt::format("Invalid operator used in KeyConditionExpression: {}",
                                       spelling_of(node.kind)));
    }
}

Result<void> add_term(const Node& node, Terms& terms) {
    if (auto checked = check_operator(node); !checked) return checked;
    const Path* path = nullptr;
    Term term{node.kind, {}};
    for (const auto& operand : node.operands) {
        if (operand.kind == NodeKind::size) {
            return invalid("KeyConditionExpressions cannot contain nested operations");
        }
        if (operand.kind == NodeKind::value) {
            term.values.push_back(operand.value);
            continue;
        }
        if (path != nullptr) {
            return invalid(
                fmt::format("{}Multiple attribute names used in one condition", kInvalid));
        }
        if (operand.path.size() > 1) {
            return invalid("KeyConditionExpressions cannot have conditions on nested attributes");
        }
        path = &operand.path;
    }
    if (path == nullptr) {
        return invalid(fmt::format("{}No key attribute specified", kInvalid));
    }
    if (node.operands[0].kind == NodeKind::value) term.kind = mirrored(node.kind);
    if (!terms.emplace(std::get<std::string>(path->front()), std::move(term)).second) {
        return invalid("KeyConditionExpressions must only contain one condition per key");
    }
    return {};
}

Result<void> collect_terms(const Node& node, Terms& terms) {
    if (node.kind != NodeKind::logical_and) return add_term(node, terms);
    for (const auto& operand : node.operands) {
        if (auto collected = collect_terms(operand, terms); !collected) return collected;
    }
    return {};
}

Result<void> check_types(const Terms& terms) {
    for (const auto& [name, term] : terms) {
        for (const auto* value : term.values) {
            if (type_of(*value) == "S") continue;
            return invalid(
                "One or more parameter values were invalid: Condition parameter type does not "
                "match schema type");
        }
    }
    return {};
}

/// The first string that is greater than all that begin with `prefix`; nothing when there is none.
std::optional<std::string> end_of_prefix(std::string prefix) {
    while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xff) prefix.pop_back();
    if (prefix.empty()) return std::nullopt;
    prefix.back() = static_cast<char>(prefix.back() + 1);
    return prefix;
}

SortRange range_of(const Term& term) {
    const std::string value(text_of(*term.values[0]));
    switch (term.kind) {
        case NodeKind::equal:
            return {.low = value, .high = value};
        case NodeKind::less:
            return {.low = {}, .high = value, .high_is_in = false};
        case NodeKind::less_or_equal:
            return {.low = {}, .high = value};
        case NodeKind::greater:
            return {.low = value, .low_is_in = false, .high = {}};
        case NodeKind::greater_or_equal:
            return {.low = value, .high = {}};
        case NodeKind::begins_with:
            return {.low = value, .high = end_of_prefix(value), .high_is_in = false};
        default:
            return {.low = value, .high = std::string(text_of(*term.values[1]))};
    }
}

}  // namespace

Result<KeyCondition> read_key_condition(const Node& condition, const KeySchema& key) {
    Terms terms;
    if (auto collected = collect_terms(condition, terms); !collected) {
        return std::unexpected(collected.error());
    }
    if (terms.size() > 2) return invalid("Conditions can be of length 1 or 2 only");
    const auto missed = [](std::string_view attribute) {
        return invalid(fmt::format("Query condition missed key schema element: {}", attribute));
    };
    const auto hash = terms.find(key.hash);
    if (hash == terms.end()) return missed(key.hash);
    const auto range = terms.find(key.range);
    if (terms.size() == 2 && range == terms.end()) return missed(key.range);
    if (auto checked = check_types(terms); !checked) return std::unexpected(checked.error());
    if (hash->second.kind != NodeKind::equal) return invalid("Query key condition not supported");
    return KeyCondition{.hash = std::string(text_of(*hash->second.values[0])),
                        .range = range == terms.end() ? SortRange{} : range_of(range->second)};
}

}  // namespace dsdash::endpoint::dynamodb
