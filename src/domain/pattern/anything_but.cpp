#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "domain/json_text.hpp"
#include "domain/pattern/number.hpp"
#include "domain/pattern/operators.hpp"

namespace dsdash::pattern {

namespace {

/// Any leaf that none of the excluded matchers takes; so a number, whatever strings are excluded.
class AnythingBut : public ValueMatcher {
  public:
    explicit AnythingBut(std::vector<ValueMatcherPtr> excluded) : excluded_(std::move(excluded)) {}

    [[nodiscard]] bool matches(const boost::json::value& leaf) const override {
        return std::ranges::none_of(
            excluded_, [&](const ValueMatcherPtr& matcher) { return matcher->matches(leaf); });
    }

  private:
    std::vector<ValueMatcherPtr> excluded_;
};

using OperandParser = Result<ValueMatcherPtr> (*)(const Source&, std::string_view);

/// The elements of a list, or the one value that stands for a list of one.
std::vector<std::string_view> elements_of(std::string_view operand) {
    if (!is_array(operand)) {
        return {operand};
    }
    std::vector<std::string_view> elements;
    JsonElements all(operand);
    while (const auto element = all.next()) {
        elements.push_back(*element);
    }
    return elements;
}

Result<ValueMatcherPtr> exclude(const Source& source, const std::vector<std::string_view>& elements,
                                OperandParser parse) {
    std::vector<ValueMatcherPtr> excluded;
    excluded.reserve(elements.size());
    for (const auto element : elements) {
        auto matcher = parse(source, element);
        if (!matcher) {
            return matcher;
        }
        excluded.push_back(std::move(*matcher));
    }
    return std::make_shared<AnythingBut>(std::move(excluded));
}

Result<ValueMatcherPtr> parse_number(const Source& source, std::string_view operand) {
    if (!comparable_double(operand)) {
        return source.refuse(operand, fmt::format("Cannot compare number : {}", operand));
    }
    return parse_literal(source, operand);
}

Result<ValueMatcherPtr> parse_values(const Source& source, std::string_view operand) {
    const auto elements = elements_of(operand);
    if (!elements.empty() && std::ranges::all_of(elements, is_string)) {
        return exclude(source, elements, parse_exactly);
    }
    if (!elements.empty() && std::ranges::all_of(elements, is_number)) {
        return exclude(source, elements, parse_number);
    }
    if (!is_array(operand)) {
        return source.refuse(
            operand, "Value of anything-but must be an array or single string/number value.");
    }
    return source.refuse(operand,
                         "Inside anything but list, either all values are number or string, mixed "
                         "type is not supported");
}

struct ExcludingOperator {
    std::string_view name;
    OperandParser parse;
    bool takes_empty_text;
};

constexpr std::array kOperators{
    ExcludingOperator{"prefix", parse_prefix, false},
    ExcludingOperator{"suffix", parse_suffix, false},
    ExcludingOperator{"equals-ignore-case", parse_equals_ignore_case, true},
    ExcludingOperator{"wildcard", parse_wildcard, true},
};

Result<ValueMatcherPtr> parse_operator(const Source& source, std::string_view operand) {
    JsonMembers members(operand);
    const auto member = members.next();
    if (!member) {
        return source.refuse(operand, "Anything-But expression name not found");
    }
    const auto name = decode_json_string(member->key);
    const auto* const op = std::ranges::find(kOperators, name, &ExcludingOperator::name);
    if (op == kOperators.end()) {
        return source.refuse(member->key, "Unsupported anything-but pattern: " + name);
    }
    if (const auto second = members.next()) {
        return source.refuse(second->key, "Only one key allowed in match expression");
    }
    const auto elements = elements_of(member->value);
    if (elements.empty()) {
        return source.refuse(member->value, "Empty arrays are not allowed");
    }
    for (const auto element : elements) {
        if (!is_string(element)) {
            return source.refuse(element, name + " match pattern must be a string");
        }
        if (!op->takes_empty_text && json_string_equals(element, "")) {
            return source.refuse(element, "Null prefix/suffix not allowed");
        }
    }
    return exclude(source, elements, op->parse);
}

}  // namespace

Result<ValueMatcherPtr> parse_anything_but(const Source& source, std::string_view operand) {
    return is_object(operand) ? parse_operator(source, operand) : parse_values(source, operand);
}

}  // namespace dsdash::pattern
