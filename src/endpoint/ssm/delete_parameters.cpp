#include <fmt/format.h>

#include "endpoint/ssm/operations.hpp"
#include "endpoint/ssm/parameter_json.hpp"

namespace dsdash::endpoint {

Result<json::object> delete_parameter(CallContext& context, const json::object& input) {
    auto name = required_string(input, "Name");
    if (!name) return std::unexpected(name.error());
    auto removed = context.account.parameters().remove(*name);
    if (!removed) return std::unexpected(removed.error());
    if (!*removed) {
        return fail(ErrorKind::not_found, fmt::format("Parameter {} not found.", *name),
                    "ParameterNotFound");
    }
    return json::object{};
}

Result<json::object> delete_parameters(CallContext& context, const json::object& input) {
    auto names = read_parameter_names(input);
    if (!names) return std::unexpected(names.error());
    json::array deleted;
    json::array invalid;
    for (const std::string& name : *names) {
        auto removed = context.account.parameters().remove(name);
        if (!removed) return std::unexpected(removed.error());
        (*removed ? deleted : invalid).emplace_back(name);
    }
    return json::object{{"DeletedParameters", std::move(deleted)},
                        {"InvalidParameters", std::move(invalid)}};
}

}  // namespace dsdash::endpoint
