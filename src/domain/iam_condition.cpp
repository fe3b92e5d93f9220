#include "domain/iam_condition.hpp"

#include <algorithm>
#include <array>

#include "domain/glob.hpp"

namespace dsdash {

namespace {

constexpr std::string_view kIfExists = "IfExists";

using Comparison = bool (*)(std::string_view wanted, std::string_view actual);

struct ConditionOperator {
    std::string_view name;
    Comparison compare;
    bool negated;
};

bool equal(std::string_view wanted, std::string_view actual) {
    return wanted == actual;
}

/// Each of the six colon-delimited parts is compared by itself, so that a star does not run over
/// into the account.
bool matches_arn(std::string_view wanted, std::string_view actual) {
    constexpr int kPartsBeforeResource = 5;
    for (int i = 0; i < kPartsBeforeResource; ++i) {
        const auto wanted_end = wanted.find(':');
        const auto actual_end = actual.find(':');
        if (wanted_end == std::string_view::npos || actual_end == std::string_view::npos ||
            !matches_glob(wanted.substr(0, wanted_end), actual.substr(0, actual_end))) {
            return false;
        }
        wanted.remove_prefix(wanted_end + 1);
        actual.remove_prefix(actual_end + 1);
    }
    return matches_glob(wanted, actual);
}

// docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html;
// ArnEquals and ArnLike "behave identically".
constexpr std::array kOperators{
    ConditionOperator{"StringEquals", equal, false},
    ConditionOperator{"StringNotEquals", equal, true},
    ConditionOperator{"StringEqualsIgnoreCase", equals_ignoring_ascii_case, false},
    ConditionOperator{"StringNotEqualsIgnoreCase", equals_ignoring_ascii_case, true},
    ConditionOperator{"StringLike", matches_glob, false},
    ConditionOperator{"StringNotLike", matches_glob, true},
    ConditionOperator{"ArnEquals", matches_arn, false},
    ConditionOperator{"ArnNotEquals", matches_arn, true},
    ConditionOperator{"ArnLike", matches_arn, false},
    ConditionOperator{"ArnNotLike", matches_arn, true},
};

bool take_if_exists(std::string_view& name) {
    if (!name.ends_with(kIfExists)) {
        return false;
    }
    name.remove_suffix(kIfExists.size());
    return true;
}

/// The names of context keys are case-insensitive; their values are not.
const std::string* find_context(const std::map<std::string, std::string>& context,
                                std::string_view key) {
    const auto found = std::ranges::find_if(
        context, [&](const auto& entry) { return equals_ignoring_ascii_case(entry.first, key); });
    return found == context.end() ? nullptr : &found->second;
}

}  // namespace

bool is_condition_operator(std::string_view name) {
    take_if_exists(name);
    return std::ranges::find(kOperators, name, &ConditionOperator::name) != kOperators.end();
}

bool condition_holds(std::string_view name, std::string_view key,
                     const std::vector<std::string>& values,
                     const std::map<std::string, std::string>& context) {
    const bool if_exists = take_if_exists(name);
    const auto* const op = std::ranges::find(kOperators, name, &ConditionOperator::name);
    const auto* actual = find_context(context, key);
    if (actual == nullptr) {
        return if_exists || op->negated;
    }
    const bool any = std::ranges::any_of(
        values, [&](const std::string& wanted) { return op->compare(wanted, *actual); });
    return any != op->negated;
}

}  // namespace dsdash
