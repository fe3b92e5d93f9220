#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/decimal.hpp"
#include "domain/utc_time.hpp"
#include "services/aws_api.hpp"

namespace dsdash::metrics {

/// Lets the extraction function make one kind of call. **ACCOUNT_ID** and **REGION** in `resource`
/// stand for the account and Region that are only known at deploy time.
struct IamPermission {
    std::string action;    ///< "sagemaker:ListEndpoints"
    std::string resource;  ///< an ARN, or "*" for actions that have none
    auto operator<=>(const IamPermission&) const = default;
};

/// Something a metric must be told when it is deployed: `-c ssm_parameter=/models/churn/auc`.
struct Setting {
    std::string name;  ///< [a-z0-9_]; its environment variable is the same in upper case
    std::string description;
};

/// Setting names and their values; holds every setting the metric declares, none of them empty.
using Settings = std::map<std::string, std::string>;

struct MetricContext {
    TimePoint now;
    const Settings& settings;
};

/// One scalar that a spoke reports. Derive a class a metric, in a file of its own, and name it in
/// catalogue.hpp (docs/metrics.md). Immutable; any thread may call it.
class Metric {
  public:
    virtual ~Metric() = default;
    Metric(const Metric&) = delete;
    Metric& operator=(const Metric&) = delete;

    [[nodiscard]] const std::string& name() const { return description_.name; }
    [[nodiscard]] const std::string& unit() const { return description_.unit; }
    [[nodiscard]] const std::string& description() const { return description_.description; }
    [[nodiscard]] const std::vector<Setting>& settings() const { return description_.settings; }

    /// Everything compute() needs to be allowed to do, in this account: the declared permissions
    /// with the placeholders filled in. Override it when a resource depends on a setting.
    [[nodiscard]] virtual std::vector<IamPermission> get_iam_permissions(
        const AccountId& account, const Region& region, const Settings& settings) const;

    /// The value now. `api` may do what get_iam_permissions() says and nothing else; an error
    /// becomes the reason in the extraction's report.
    virtual Result<Decimal> compute(AwsApi& api, const MetricContext& context) const = 0;

  protected:
    struct Description {
        std::string name;         ///< MetricName on the wire
        std::string unit;         ///< what is counted: "jobs"
        std::string description;  ///< one sentence for a person
        std::vector<IamPermission> iam_permissions;
        std::vector<Setting> settings = {};
    };
    explicit Metric(Description description) : description_(std::move(description)) {}

  private:
    Description description_;
};

}  // namespace dsdash::metrics
