#include "domain/pattern/match_expression.hpp"

#include <algorithm>
#include <array>

#include "domain/json_text.hpp"
#include "domain/pattern/operators.hpp"

namespace dsdash::pattern {

namespace {

struct Operator {
    std::string_view name;
    Result<ValueMatcherPtr> (*parse)(const Source&, std::string_view operand);
};

/// All but exists, which is about the field and not about a value of it.
constexpr std::array kOperators{
    Operator{"anything-but", parse_anything_but},
    Operator{"cidr", parse_cidr},
    Operator{"equals-ignore-case", parse_equals_ignore_case},
    Operator{"exactly", parse_exactly},
    Operator{"numeric", parse_numeric},
    Operator{"prefix", parse_prefix},
    Operator{"suffix", parse_suffix},
    Operator{"wildcard", parse_wildcard},
};

Result<void> append(Result<ValueMatcherPtr> matcher, Alternatives& alternatives) {
    if (!matcher) {
        return std::unexpected(std::move(matcher.error()));
    }
    alternatives.values.push_back(std::move(*matcher));
    return {};
}

Result<void> append_exists(const Source& source, std::string_view operand,
                           Alternatives& alternatives) {
    const auto exists = parse_exists(source, operand);
    if (!exists) {
        return std::unexpected(exists.error());
    }
    if (*exists) {
        alternatives.values.push_back(any_value());
    } else {
        alternatives.absence = true;
    }
    return {};
}

Result<void> append_expression(const Source& source, std::string_view expression,
                               Alternatives& alternatives) {
    JsonMembers members(expression);
    const auto member = members.next();
    if (!member) {
        return source.refuse(expression, "Match expression name not found");
    }
    const auto second = members.next();
    if (second) {
        return source.refuse(second->key, "Only one key allowed in match expression");
    }
    const auto name = decode_json_string(member->key);
    if (name == "exists") {
        return append_exists(source, member->value, alternatives);
    }
    const auto* const op = std::ranges::find(kOperators, name, &Operator::name);
    if (op == kOperators.end()) {
        return source.refuse(member->key, "Unrecognized match type " + name);
    }
    return append(op->parse(source, member->value), alternatives);
}

}  // namespace

Result<Alternatives> parse_alternatives(const Source& source, std::string_view array) {
    Alternatives alternatives;
    JsonElements elements(array);
    while (const auto element = elements.next()) {
        const auto appended = is_object(*element)
                                  ? append_expression(source, *element, alternatives)
                                  : append(parse_literal(source, *element), alternatives);
        if (!appended) {
            return std::unexpected(appended.error());
        }
    }
    if (alternatives.values.empty() && !alternatives.absence) {
        return source.refuse(array, "Empty arrays are not allowed");
    }
    return alternatives;
}

}  // namespace dsdash::pattern
