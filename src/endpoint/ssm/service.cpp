#include <array>

#include "domain/arn.hpp"
#include "endpoint/ssm/operations.hpp"
#include "endpoint/ssm/parameter_selector.hpp"

namespace dsdash::endpoint {

namespace {

std::string arn_of(const CallContext& context, std::string_view name) {
    return parameter_arn(context.account.region(), context.account.id(), name);
}

std::string string_at(const json::object& input, std::string_view field) {
    return optional_string(input, field).value_or(std::nullopt).value_or("");
}

std::string named_parameter(const CallContext& context, const json::object& input) {
    const std::string name = string_at(input, "Name");
    return name.starts_with("arn:") ? name : arn_of(context, split_selector(name).name);
}

std::string path(const CallContext& context, const json::object& input) {
    return arn_of(context, string_at(input, "Path"));
}

/// AWS asks about each of the names; here a policy has to allow all of the account's parameters,
/// unless there is one name only.
std::string named_parameters(const CallContext& context, const json::object& input) {
    const auto names = optional_array(input, "Names").value_or(nullptr);
    if (names != nullptr && names->size() == 1 && names->front().is_string()) {
        return named_parameter(context, {{"Name", names->front()}});
    }
    return arn_of(context, "*");
}

constexpr std::array kOperations{
    OperationEntry{"PutParameter", put_parameter, named_parameter},
    OperationEntry{"GetParameter", get_parameter, named_parameter},
    OperationEntry{"GetParameters", get_parameters, named_parameters},
    OperationEntry{"GetParametersByPath", get_parameters_by_path, path},
    OperationEntry{"DescribeParameters", describe_parameters},
    OperationEntry{"DeleteParameter", delete_parameter, named_parameter},
    OperationEntry{"DeleteParameters", delete_parameters, named_parameters},
};

}  // namespace

const Service& ssm_service() {
    static constexpr Service kService{"ssm", "AmazonSSM", "1.1", "", kOperations};
    return kService;
}

}  // namespace dsdash::endpoint
