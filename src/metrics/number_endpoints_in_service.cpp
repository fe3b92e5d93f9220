#include "metrics/catalogue.hpp"

namespace dsdash::metrics {

namespace {

class NumberEndPointsInService final : public Metric {
  public:
    NumberEndPointsInService()
        : Metric({.name = "NumberEndPointsInService",
                  .unit = "endpoints",
                  .description = "Endpoints that are in service now.",
                  .iam_permissions = {{"sagemaker:ListEndpoints", "*"}}}) {}

    Result<Decimal> compute(AwsApi& api, const MetricContext& /*context*/) const override {
        std::int64_t count = 0;
        const auto end = for_each_item(
            api, "sagemaker", "ListEndpoints", {{"StatusEquals", "InService"}, {"MaxResults", 100}},
            {.items = "Endpoints"}, [&](const json::object& /*endpoint*/) -> Result<void> {
                ++count;
                return {};
            });
        if (!end) {
            return std::unexpected(end.error());
        }
        return Decimal(count);
    }
};

}  // namespace

std::unique_ptr<Metric> number_endpoints_in_service() {
    return std::make_unique<NumberEndPointsInService>();
}

}  // namespace dsdash::metrics
