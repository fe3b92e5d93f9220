#include "endpoint/ssm/operations.hpp"
#include "endpoint/ssm/parameter_json.hpp"
#include "endpoint/ssm/parameter_selector.hpp"

namespace dsdash::endpoint {

namespace {

json::object render_selected(const CallContext& context, const SelectedParameter& selected) {
    json::object rendered = render_parameter(context, selected.parameter);
    if (!selected.selector.empty()) rendered["Selector"] = selected.selector;
    return rendered;
}

}  // namespace

Result<json::object> get_parameter(CallContext& context, const json::object& input) {
    auto name = required_string(input, "Name");
    if (!name) return std::unexpected(name.error());
    auto selected = find_selected(context, *name);
    if (!selected) return std::unexpected(selected.error());
    return json::object{{"Parameter", render_selected(context, *selected)}};
}

Result<json::object> get_parameters(CallContext& context, const json::object& input) {
    auto names = read_parameter_names(input);
    if (!names) return std::unexpected(names.error());
    json::array parameters;
    json::array invalid;
    for (const std::string& name : *names) {
        auto selected = find_selected(context, name);
        if (selected) {
            parameters.push_back(render_selected(context, *selected));
        } else if (selected.error().kind == ErrorKind::not_found) {
            invalid.emplace_back(name);
        } else {
            return std::unexpected(selected.error());
        }
    }
    return json::object{{"Parameters", std::move(parameters)},
                        {"InvalidParameters", std::move(invalid)}};
}

}  // namespace dsdash::endpoint
