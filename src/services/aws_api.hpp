#pragma once

#include <functional>
#include <string_view>

#include "domain/account_id.hpp"
#include "domain/json.hpp"
#include "domain/utc_time.hpp"

namespace dsdash {

/// Any AWS operation as the holder of some credentials may call it: over HTTP, or inside the
/// embedded home as a function's role. Not for several threads at once.
class AwsApi {
  public:
    virtual ~AwsApi() = default;

    /// Calls `operation` ("ListEndpoints") of `service` (its signing name: ssm, events, lambda,
    /// dynamodb, sagemaker, sts, dsdash) with the input as AWS's API reference spells it and
    /// returns its output. An error carries AWS's code; denied is what the policy refused.
    /// Lambda's Invoke takes and returns its Payload as JSON text in a string.
    virtual Result<json::object> call(std::string_view service, std::string_view operation,
                                      const json::object& input) = 0;

    /// From now on a call ends at `deadline` at the latest, with timed_out. Where calls do not wait
    /// for a peer there is nothing to cut off, and this does nothing.
    virtual void set_deadline(TimePoint /*deadline*/) {}

    [[nodiscard]] virtual const AccountId& account() const = 0;
    [[nodiscard]] virtual const Region& region() const = 0;
};

/// How a list operation pages. `token_in` and `token_out` are most often "NextToken" both.
struct Paging {
    std::string_view items;                    ///< the output's array, e.g. "Endpoints"
    std::string_view token_out = "NextToken";  ///< where the output carries the next token
    std::string_view token_in = "NextToken";
};

/// Calls a list operation to its end, giving each item to `visit`. Pages may be short or empty and
/// still have a successor; the same token twice is an internal error, not an endless loop.
Result<void> for_each_item(AwsApi& api, std::string_view service, std::string_view operation,
                           json::object input, const Paging& paging,
                           const std::function<Result<void>(const json::object&)>& visit);

}  // namespace dsdash
