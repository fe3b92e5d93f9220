#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "services/aws_api.hpp"

namespace dsdash {

/// An account whose answers a test writes. Operations are named "sagemaker:ListEndpoints".
class FakeAwsApi final : public AwsApi {
  public:
    using Handler = std::function<Result<json::object>(const json::object& input)>;

    struct Call {
        std::string operation;
        json::object input;
    };

    explicit FakeAwsApi(std::string_view account = "222222222222",
                        std::string_view region = "eu-west-1");

    /// Answers every later call of `operation`.
    void on(std::string operation, Handler handler);
    /// Answers calls of `operation` with these outputs, one after the other; the last one stays.
    void script(std::string operation, std::vector<Result<json::object>> outputs);

    /// internal for an operation without an answer.
    Result<json::object> call(std::string_view service, std::string_view operation,
                              const json::object& input) override;
    [[nodiscard]] const AccountId& account() const override { return account_; }
    [[nodiscard]] const Region& region() const override { return region_; }

    [[nodiscard]] const std::vector<Call>& calls() const { return calls_; }
    [[nodiscard]] std::vector<json::object> inputs_of(std::string_view operation) const;
    void forget_calls() { calls_.clear(); }

  private:
    AccountId account_;
    Region region_;
    std::map<std::string, Handler, std::less<>> handlers_;
    std::vector<Call> calls_;
};

/// The object in `text`; a test's own text is always one.
[[nodiscard]] json::object object_of(std::string_view text);

}  // namespace dsdash
