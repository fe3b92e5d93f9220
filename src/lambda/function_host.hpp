#pragma once

#include <memory>
#include <string>

#include "aws/dynamodb_hub_state.hpp"
#include "aws/dynamodb_metric_table.hpp"
#include "aws/event_bus.hpp"
#include "aws/http_aws_api.hpp"
#include "aws/parameter_store.hpp"
#include "functions/services.hpp"
#include "lambda/runtime_api.hpp"

namespace dsdash::lambda {

/// One of the program's functions in Lambda's sandbox, with the services of its account on AWS and
/// the permissions of its role. Connections and credentials stay from one invocation to the next.
class FunctionHost {
  public:
    /// Kept back of an invocation's time, so that the answer is there before Lambda stops us.
    static constexpr std::chrono::milliseconds kTimeToAnswer{500};

    /// `variables`: the process's environment; _HANDLER names the function. Does what can be done
    /// before the first invocation: settings, credentials' source, certificates. not_found for a
    /// handler that is none, malformed_input for a RETENTION_DAYS that is no number of days, else
    /// errors of aws::load_client_config.
    static Result<std::unique_ptr<FunctionHost>> create(functions::Environment variables,
                                                        const Clock& clock);

    /// timed_out when it is too late to begin.
    Result<std::string> handle(const Invocation& invocation);

  private:
    /// What the first invocation brings along: the account.
    struct Home {
        Home(std::unique_ptr<aws::HttpAwsApi> connected, const aws::HubTableNames& names,
             std::optional<std::chrono::days> retention)
            : api(std::move(connected)),
              metric_table(*api, names, retention),
              hub_state(*api, names) {}

        std::unique_ptr<aws::HttpAwsApi> api;
        aws::AwsParameterStore parameters{*api};
        aws::AwsEventBus bus{*api};
        aws::DynamoDbMetricTable metric_table;
        aws::DynamoDbHubState hub_state;
    };

    FunctionHost(std::string handler, functions::Environment variables,
                 std::optional<std::chrono::days> retention, aws::ClientConfig config,
                 http::Client client, const Clock& clock);

    Result<void> settle(const std::string& function_arn);

    std::string handler_;
    functions::Environment variables_;
    std::optional<std::chrono::days> retention_;
    aws::ClientConfig config_;
    http::Client client_;  ///< moves into home_
    const Clock& clock_;
    RandomUuidSource uuids_;
    std::unique_ptr<Home> home_;
};

}  // namespace dsdash::lambda
