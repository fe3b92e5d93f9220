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

std::string arn_of_selected(const CallContext& context, const std::string& selector) {
    if (selector.starts_with("arn:")) return selector;
    return arn_of(context, split_selector(selector).name);
}

std::vector<std::string> named_parameter(const CallContext& context, const json::object& input) {
    return {arn_of_selected(context, string_at(input, "Name"))};
}

std::vector<std::string> path(const CallContext& context, const json::object& input) {
    return {arn_of(context, string_at(input, "Path"))};
}

/// Each of the names; all parameters where there are none, which the operation refuses.
std::vector<std::string> named_parameters(const CallContext& context, const json::object& input) {
    std::vector<std::string> arns;
    if (const auto names = optional_array(input, "Names").value_or(nullptr)) {
        for (const auto& name : *names) {
            if (!name.is_string()) return {arn_of(context, "*")};
            arns.push_back(arn_of_selected(context, std::string(name.get_string())));
        }
    }
    if (arns.empty()) arns.push_back(arn_of(context, "*"));
    return arns;
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
