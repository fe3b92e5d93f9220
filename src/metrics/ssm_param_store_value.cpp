#include <fmt/format.h>

#include "domain/arn.hpp"
#include "metrics/catalogue.hpp"

namespace dsdash::metrics {

namespace {

constexpr const char* kParameter = "ssm_parameter";

class SSMParamStoreValue final : public Metric {
  public:
    SSMParamStoreValue()
        : Metric({.name = "SSMParamStoreValue",
                  .unit = "value",
                  .description = "The number in a parameter of the Parameter Store.",
                  .iam_permissions = {},
                  .settings = {{kParameter, "name of the parameter that holds the number"}}}) {}

    [[nodiscard]] std::vector<IamPermission> get_iam_permissions(
        const AccountId& account, const Region& region, const Settings& settings) const override {
        return {{"ssm:GetParameter", parameter_arn(region, account, settings.at(kParameter))}};
    }

    Result<Decimal> compute(AwsApi& api, const MetricContext& context) const override {
        const auto& name = context.settings.at(kParameter);
        const auto output = api.call("ssm", "GetParameter", {{"Name", name}});
        if (!output) {
            return std::unexpected(output.error());
        }
        const auto* parameter = output->if_contains("Parameter");
        if (parameter == nullptr || !parameter->is_object()) {
            return fail(ErrorKind::internal, "GetParameter answered without a Parameter");
        }
        const auto text = required_string(parameter->get_object(), "Value");
        if (!text) {
            return std::unexpected(text.error());
        }
        auto value = Decimal::parse(*text);
        if (!value) {
            value.error().message = fmt::format("parameter {}: {}", name, value.error().message);
        }
        return value;
    }
};

}  // namespace

std::unique_ptr<Metric> ssm_param_store_value() {
    return std::make_unique<SSMParamStoreValue>();
}

}  // namespace dsdash::metrics
