#include "domain/iam_policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "domain/account_id.hpp"
#include "domain/arn.hpp"
#include "domain/iam_condition.hpp"

namespace dsdash {

namespace {

using Statement = IamPolicy::Statement;

std::unexpected<Error> malformed(std::string_view where, std::string_view problem) {
    return fail(ErrorKind::malformed_input, fmt::format("{} {}", where, problem),
                "MalformedPolicyDocument");
}

std::string_view view(json::string_view text) {
    return {text.data(), text.size()};
}

/// An element that must be understood: one that is not known could restrict what is allowed.
template <std::size_t N>
Result<void> check_elements(const json::object& object, std::string_view where,
                            const std::array<std::string_view, N>& known) {
    for (const auto& member : object) {
        if (std::ranges::find(known, view(member.key())) == known.end()) {
            return malformed(where, fmt::format("has the unknown element {}", view(member.key())));
        }
    }
    return {};
}

/// A string or an array of strings; empty where the element is absent.
Result<std::vector<std::string>> read_strings(const json::value* value, std::string_view where) {
    std::vector<std::string> strings;
    if (value == nullptr) {
        return strings;
    }
    const auto append = [&](const json::value& element) {
        if (!element.is_string()) {
            return false;
        }
        strings.emplace_back(view(element.get_string()));
        // A policy variable that is not filled in would make a Deny miss what it is meant for.
        return !strings.back().contains("${");
    };
    const bool good =
        value->is_array() ? std::ranges::all_of(value->get_array(), append) : append(*value);
    if (!good || strings.empty()) {
        return malformed(where, "must be a string or a list of strings, without policy variables");
    }
    return strings;
}

bool is_principal_name(const std::string& name) {
    return name == "*" || AccountId::parse(name) || Arn::parse(name);
}

/// Never "*" or an account, which would let in more than services.
bool is_service_name(const std::string& name) {
    return name.ends_with(".amazonaws.com");
}

Result<std::vector<std::string>> read_principals(const json::value& value,
                                                 const std::string& where) {
    if (value.is_string() && value.get_string() == "*") {
        return std::vector<std::string>{"*"};
    }
    if (!value.is_object() || value.get_object().empty()) {
        return malformed(where, R"(must be "*" or an object with AWS or Service)");
    }
    std::vector<std::string> principals;
    for (const auto& [kind, names] : value.get_object()) {
        if (kind != "AWS" && kind != "Service") {
            return malformed(where, fmt::format("has the unsupported kind {}", view(kind)));
        }
        auto strings = read_strings(&names, fmt::format("{}.{}", where, view(kind)));
        if (!strings) {
            return strings;
        }
        if (kind == "AWS" && !std::ranges::all_of(*strings, is_principal_name)) {
            return malformed(where, R"(may name "*", accounts of 12 digits, and ARNs)");
        }
        if (kind == "Service" && !std::ranges::all_of(*strings, is_service_name)) {
            return malformed(where, "may name services as service.amazonaws.com");
        }
        std::ranges::move(*strings, std::back_inserter(principals));
    }
    return principals;
}

Result<void> read_conditions(const json::value& value, const std::string& where,
                             Statement& statement) {
    if (!value.is_object()) {
        return malformed(where, "must be an object");
    }
    for (const auto& [name, keys] : value.get_object()) {
        if (!is_condition_operator(view(name))) {
            return malformed(where, fmt::format("has the unsupported operator {}", view(name)));
        }
        if (!keys.is_object() || keys.get_object().empty()) {
            return malformed(fmt::format("{}.{}", where, view(name)), "must be an object");
        }
        for (const auto& [key, values] : keys.get_object()) {
            auto strings =
                read_strings(&values, fmt::format("{}.{}.{}", where, view(name), view(key)));
            if (!strings) {
                return std::unexpected(std::move(strings.error()));
            }
            statement.conditions[std::string(view(name))][std::string(view(key))] =
                std::move(*strings);
        }
    }
    return {};
}

/// Reads `name` or its negation Not`name`, of which a statement may have one.
Result<void> read_choice(const json::object& object, const std::string& where,
                         std::string_view name, std::vector<std::string>& strings,
                         std::vector<std::string>& not_strings) {
    const auto negation = fmt::format("Not{}", name);
    if (object.contains({name.data(), name.size()}) && object.contains(negation)) {
        return malformed(where, fmt::format("must not have both {} and {}", name, negation));
    }
    auto plain = read_strings(object.if_contains({name.data(), name.size()}),
                              fmt::format("{}.{}", where, name));
    auto negated =
        read_strings(object.if_contains(negation), fmt::format("{}.{}", where, negation));
    if (!plain || !negated) {
        return std::unexpected(std::move(plain ? negated.error() : plain.error()));
    }
    strings = std::move(*plain);
    not_strings = std::move(*negated);
    return {};
}

Result<void> read_actions(const json::object& object, const std::string& where,
                          Statement& statement) {
    auto read = read_choice(object, where, "Action", statement.actions, statement.not_actions);
    if (!read) {
        return read;
    }
    if (statement.actions.empty() && statement.not_actions.empty()) {
        return malformed(where, "must have Action or NotAction");
    }
    const auto is_action = [](const std::string& action) {
        return action == "*" || action.contains(':');
    };
    if (!std::ranges::all_of(statement.actions, is_action) ||
        !std::ranges::all_of(statement.not_actions, is_action)) {
        return malformed(where, R"(may name actions as "*" or service:operation)");
    }
    return {};
}

Result<void> read_resources(const json::object& object, const std::string& where,
                            Statement& statement) {
    auto read =
        read_choice(object, where, "Resource", statement.resources, statement.not_resources);
    if (!read) {
        return read;
    }
    if (statement.resources.empty() && statement.not_resources.empty() &&
        !statement.has_principal) {
        return malformed(where, "must have Resource or NotResource");
    }
    return {};
}

Result<void> read_effect_and_sid(const json::object& object, const std::string& where,
                                 Statement& statement) {
    const auto* effect = object.if_contains("Effect");
    if (effect == nullptr || (*effect != "Allow" && *effect != "Deny")) {
        return malformed(where, "must have an Effect, Allow or Deny");
    }
    statement.allow = *effect == "Allow";
    if (const auto* sid = object.if_contains("Sid")) {
        if (!sid->is_string()) {
            return malformed(where, "must have a string as its Sid");
        }
        statement.sid = view(sid->get_string());
    }
    return {};
}

Result<Statement> read_statement(const json::value& value, const std::string& where) {
    constexpr std::array<std::string_view, 8> kElements{"Sid",         "Effect",    "Principal",
                                                        "Action",      "NotAction", "Resource",
                                                        "NotResource", "Condition"};
    if (!value.is_object()) {
        return malformed(where, "must be an object");
    }
    const auto& object = value.get_object();
    Statement statement;
    auto read = check_elements(object, where, kElements);
    if (read) {
        read = read_effect_and_sid(object, where, statement);
    }
    if (const auto* principal = object.if_contains("Principal"); read && principal != nullptr) {
        auto principals = read_principals(*principal, where + ".Principal");
        if (!principals) {
            return std::unexpected(std::move(principals.error()));
        }
        statement.has_principal = true;
        statement.principals = std::move(*principals);
    }
    if (read) {
        read = read_actions(object, where, statement);
    }
    if (read) {
        read = read_resources(object, where, statement);
    }
    if (const auto* condition = object.if_contains("Condition"); read && condition != nullptr) {
        read = read_conditions(*condition, where + ".Condition", statement);
    }
    if (!read) {
        return std::unexpected(std::move(read.error()));
    }
    return statement;
}

Result<void> check_version(const json::object& document) {
    const auto* version = document.if_contains("Version");
    if (version == nullptr || (*version != "2012-10-17" && *version != "2008-10-17")) {
        return malformed("the policy", "must have the Version 2012-10-17 or 2008-10-17");
    }
    return {};
}

}  // namespace

Result<IamPolicy> IamPolicy::parse(std::string_view text) {
    constexpr std::array<std::string_view, 3> kElements{"Version", "Id", "Statement"};
    const auto document = parse_json_object(text);
    if (!document) {
        return malformed("the policy is malformed:", document.error().message);
    }
    auto checked = check_elements(*document, "the policy", kElements);
    if (checked) {
        checked = check_version(*document);
    }
    if (!checked) {
        return std::unexpected(std::move(checked.error()));
    }
    const auto* statements = document->if_contains("Statement");
    if (statements == nullptr || (statements->is_array() && statements->get_array().empty())) {
        return malformed("the policy", "must have a Statement");
    }
    const bool several = statements->is_array();
    const std::size_t count = several ? statements->get_array().size() : 1;
    IamPolicy policy;
    for (std::size_t i = 0; i < count; ++i) {
        auto statement =
            several ? read_statement(statements->get_array()[i], fmt::format("Statement[{}]", i))
                    : read_statement(*statements, "Statement");
        if (!statement) {
            return std::unexpected(std::move(statement.error()));
        }
        policy.statements_.push_back(std::move(*statement));
    }
    return policy;
}

Result<IamPolicy> IamPolicy::parse_resource_policy(std::string_view text) {
    auto policy = parse(text);
    if (policy && !std::ranges::all_of(policy->statements_, &Statement::has_principal)) {
        return malformed("each statement of a resource policy", "must have a Principal");
    }
    return policy;
}

}  // namespace dsdash
