#include "embedded/parameters/parameter_rules.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace dsdash::embedded {

namespace {

constexpr std::ptrdiff_t kLevelsMax = 15;

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-' || c == '/';
}

bool starts_with_reserved_word(std::string_view name) {
    if (name.starts_with('/')) name.remove_prefix(1);
    std::string start(name.substr(0, 3));
    std::ranges::transform(start, start.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return start == "aws" || start == "ssm";
}

std::unexpected<Error> refuse(std::string message, std::string code = "ValidationException") {
    return fail(ErrorKind::malformed_input, std::move(message), std::move(code));
}

}  // namespace

Result<void> check_parameter_name(std::string_view name) {
    const std::ptrdiff_t slashes = std::ranges::count(name, '/');
    if (starts_with_reserved_word(name)) {
        if (name.starts_with("/aws/")) {
            return fail(ErrorKind::denied,
                        "No access to reserved parameter name: " + std::string(name) + ".",
                        "AccessDeniedException");
        }
        return refuse(
            "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).");
    }
    if (slashes > 0 && !name.starts_with('/')) {
        return refuse("Parameter name must be a fully qualified name.");
    }
    if (name.empty() || name.ends_with('/') || name.find("//") != std::string_view::npos ||
        !std::ranges::all_of(name, is_name_character)) {
        return refuse(
            "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a "
            "path, it can consist of sub-paths divided by slash symbol; each sub-path can be "
            "formed as a mix of letters, numbers and the following 3 symbols .-_");
    }
    if (slashes > kLevelsMax) {
        return refuse("Parameter name: a hierarchy can have a maximum of 15 levels.",
                      "HierarchyLevelLimitExceededException");
    }
    return {};
}

Result<void> check_parameter_path(std::string_view path) {
    if (path == "/") return {};
    if (path.ends_with('/')) path.remove_suffix(1);
    if (path.starts_with('/') && check_parameter_name(path)) return {};
    return refuse(
        "The parameter doesn't meet the parameter name requirements. The parameter name must begin "
        "with a forward slash \"/\". It can't be prefixed with \"aws\" or \"ssm\" "
        "(case-insensitive). It must use only letters, numbers, or the following symbols: . "
        "(period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, "
        "if specified, must use the forward slash symbol \"/\". Valid example: "
        "/get/parameters2-/by1./path0_.");
}

Result<std::string_view> choose_parameter_tier(std::string_view tier, std::string_view current,
                                               std::size_t value_bytes) {
    if (current == "Advanced" && tier == "Standard") {
        return refuse(
            "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from "
            "the advanced-parameter tier to the standard-parameter tier. If necessary, you can "
            "delete the advanced parameter and recreate it as a standard parameter.");
    }
    if (value_bytes > kAdvancedValueBytesMax) {
        return refuse(
            "Advanced tier parameters support a maximum parameter value of 8192 characters.");
    }
    const bool is_advanced =
        tier == "Advanced" || current == "Advanced" ||
        (tier == "Intelligent-Tiering" && value_bytes > kStandardValueBytesMax);
    if (!is_advanced && value_bytes > kStandardValueBytesMax) {
        return refuse(
            "Standard tier parameters support a maximum parameter value of 4096 characters. To "
            "create a larger parameter value, upgrade the parameter to use the advanced-parameter "
            "tier.");
    }
    return is_advanced ? "Advanced" : "Standard";
}

}  // namespace dsdash::embedded
