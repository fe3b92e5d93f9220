#include "aws/parameter_store.hpp"

#include <algorithm>

namespace dsdash::aws {

namespace {

Result<Parameter> read_parameter(const json::object& object) {
    auto name = required_string(object, "Name");
    if (!name) return std::unexpected(std::move(name.error()));
    auto value = required_string(object, "Value");
    if (!value) return std::unexpected(std::move(value.error()));
    return Parameter{std::move(*name), std::move(*value)};
}

}  // namespace

Result<Parameter> AwsParameterStore::get(std::string_view name) {
    const auto output = api_.call("ssm", "GetParameter", {{"Name", name}});
    if (!output) return std::unexpected(output.error());
    const auto* parameter = output->if_contains("Parameter");
    if (parameter == nullptr || !parameter->is_object()) {
        return fail(ErrorKind::internal, "GetParameter answered without a Parameter");
    }
    return read_parameter(parameter->get_object());
}

Result<std::vector<Parameter>> AwsParameterStore::list_by_path(std::string_view path) {
    constexpr int kPageItemsMax = 10;  // Parameter Store's limit of MaxResults
    std::vector<Parameter> parameters;
    const auto listed =
        for_each_item(api_, "ssm", "GetParametersByPath",
                      {{"Path", path}, {"Recursive", true}, {"MaxResults", kPageItemsMax}},
                      {.items = "Parameters"}, [&](const json::object& item) -> Result<void> {
                          auto parameter = read_parameter(item);
                          if (!parameter) return std::unexpected(std::move(parameter.error()));
                          parameters.push_back(std::move(*parameter));
                          return {};
                      });
    if (!listed) return std::unexpected(listed.error());
    std::ranges::sort(parameters, {}, &Parameter::name);
    return parameters;
}

}  // namespace dsdash::aws
