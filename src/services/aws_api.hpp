#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

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
    /// dynamodb, sqs, sagemaker, sts, dsdash) with the input as AWS's API reference spells it and
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

/// DynamoDB's Query and Scan, whose token is a key.
inline constexpr Paging kItemPaging{
    .items = "Items", .token_out = "LastEvaluatedKey", .token_in = "ExclusiveStartKey"};

/// A list operation, read page by page. Pages may be short or empty and still have a successor.
class PagedCall {
  public:
    /// The names must outlive it.
    PagedCall(AwsApi& api, std::string_view service, std::string_view operation, json::object input,
              const Paging& paging);
    /// The items of the next page; nothing behind the last one. The same token twice, or more than
    /// 10,000 pages, is an internal error and not an endless loop.
    Result<std::optional<json::array>> next();

  private:
    [[nodiscard]] std::unexpected<Error> broken(std::string_view what) const;
    Result<void> take_token(const json::object& page);

    AwsApi& api_;
    std::string_view service_;
    std::string_view operation_;
    json::object input_;
    Paging paging_;
    std::unordered_set<std::string> seen_tokens_;
    bool is_at_end_ = false;
};

/// Calls a list operation to its end, giving each item to `visit`; ends early with its error.
Result<void> for_each_item(AwsApi& api, std::string_view service, std::string_view operation,
                           json::object input, const Paging& paging,
                           const std::function<Result<void>(const json::object&)>& visit);

}  // namespace dsdash
