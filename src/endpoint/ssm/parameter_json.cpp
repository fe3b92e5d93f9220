#include "endpoint/ssm/parameter_json.hpp"

#include <fmt/format.h>

#include "domain/arn.hpp"

namespace dsdash::endpoint {

namespace {

constexpr std::size_t kNamesMax = 10;

/// What both structures have.
json::object render_common(const CallContext& context, const embedded::StoredParameter& parameter) {
    return {{"Name", parameter.name},
            {"ARN", parameter_arn(context.account.region(), context.account.id(), parameter.name)},
            {"Type", parameter.type},
            {"LastModifiedDate", to_epoch_seconds(parameter.last_modified)},
            {"Version", parameter.version},
            {"DataType", "text"}};
}

}  // namespace

json::object render_parameter(const CallContext& context,
                              const embedded::StoredParameter& parameter) {
    json::object rendered = render_common(context, parameter);
    rendered["Value"] = parameter.value;
    return rendered;
}

json::object render_parameter_metadata(const CallContext& context,
                                       const embedded::StoredParameter& parameter) {
    json::object rendered = render_common(context, parameter);
    rendered["LastModifiedUser"] = parameter.last_modified_user;
    rendered["Tier"] = parameter.tier;
    rendered["Policies"] = json::array();
    if (!parameter.description.empty()) rendered["Description"] = parameter.description;
    if (!parameter.allowed_pattern.empty()) rendered["AllowedPattern"] = parameter.allowed_pattern;
    return rendered;
}

Result<std::vector<std::string>> read_parameter_names(const json::object& input) {
    auto array = optional_array(input, "Names");
    if (!array) return std::unexpected(array.error());
    if (*array == nullptr || (*array)->empty() || (*array)->size() > kNamesMax) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("Names must hold between 1 and {} names", kNamesMax));
    }
    std::vector<std::string> names;
    for (const json::value& name : **array) {
        if (!name.is_string()) {
            return fail(ErrorKind::malformed_input, "Names must hold strings");
        }
        names.emplace_back(name.get_string());
    }
    return names;
}

}  // namespace dsdash::endpoint
