#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "domain/arn.hpp"
#include "endpoint/lambda/operations.hpp"

namespace dsdash::endpoint {

namespace {

constexpr std::string_view kLatest = "$LATEST";
constexpr std::size_t kFunctionNameMax = 256;  // API reference, NamespacedFunctionName

struct FunctionName {
    std::string name;
    std::string account;    ///< empty: the caller's
    std::string region;     ///< likewise
    std::string qualifier;  ///< empty: $LATEST
};

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

std::vector<std::string> split_at_colons(std::string_view text) {
    std::vector<std::string> parts;
    for (;;) {
        const auto colon = text.find(':');
        parts.emplace_back(text.substr(0, colon));
        if (colon == std::string_view::npos) return parts;
        text.remove_prefix(colon + 1);
    }
}

/// name | 123456789012:function:name | arn:aws:lambda:region:123456789012:function:name, each with
/// ":qualifier" or without.
std::optional<FunctionName> parse(std::string_view text) {
    if (text.empty() || text.size() > kFunctionNameMax) return std::nullopt;
    FunctionName function;
    auto parts = split_at_colons(text);
    if (parts.front() == "arn") {
        constexpr std::size_t kPartsBeforeAccount = 4;
        if (parts.size() < kPartsBeforeAccount || parts[2] != "lambda") return std::nullopt;
        function.region = parts[3];
        parts.erase(parts.begin(), parts.begin() + kPartsBeforeAccount);
    }
    if (parts.size() >= 3 && parts[1] == "function") {
        function.account = parts[0];
        parts.erase(parts.begin(), parts.begin() + 2);
    }
    if (parts.size() > 2 || (!function.region.empty() && function.account.empty())) {
        return std::nullopt;
    }
    function.name = parts[0];
    if (parts.size() == 2) function.qualifier = parts[1];
    if (function.name.empty() || !std::ranges::all_of(function.name, is_name_character)) {
        return std::nullopt;
    }
    return function;
}

std::unexpected<Error> no_such_function(const CallContext& context, const FunctionName& function) {
    auto arn = function_arn(context.account.region(), context.account.id(), function.name);
    if (!function.qualifier.empty()) arn = fmt::format("{}:{}", arn, function.qualifier);
    return fail(ErrorKind::not_found, fmt::format("Function not found: {}", arn),
                "ResourceNotFoundException");
}

Result<FunctionName> read_name(const json::object& input) {
    auto text = required_string(input, "FunctionName");
    if (!text) return std::unexpected(std::move(text.error()));
    auto qualifier = optional_string(input, "Qualifier");
    if (!qualifier) return std::unexpected(std::move(qualifier.error()));
    auto function = parse(*text);
    if (!function) {
        return fail(ErrorKind::malformed_input,
                    "FunctionName must be a name, a partial ARN or an ARN of a function");
    }
    if (*qualifier) function->qualifier = **qualifier;
    return std::move(*function);
}

}  // namespace

Result<embedded::FunctionRecord> find_function(CallContext& context, const json::object& input) {
    auto name = read_name(input);
    if (!name) return std::unexpected(std::move(name.error()));
    const auto& caller = context.account;
    if ((!name->account.empty() && name->account != caller.id().text()) ||
        (!name->region.empty() && name->region != caller.region().text())) {
        return fail(ErrorKind::denied,
                    fmt::format("{} is not authorized to perform this on function {} of account {}",
                                context.principal_arn, name->name, name->account),
                    "AccessDeniedException");
    }
    if (!name->qualifier.empty() && name->qualifier != kLatest) {
        return no_such_function(context, *name);
    }
    auto function = context.account.functions().find(name->name);
    if (!function) return std::unexpected(std::move(function.error()));
    if (!*function) return no_such_function(context, *name);
    return std::move(**function);
}

std::vector<std::string> arn_of_named_function(const CallContext& context,
                                               const json::object& input) {
    const auto name = read_name(input);
    return {function_arn(context.account.region(), context.account.id(), name ? name->name : "")};
}

}  // namespace dsdash::endpoint
