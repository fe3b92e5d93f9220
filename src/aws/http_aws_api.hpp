#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "aws/client_config.hpp"
#include "aws/signing_key_cache.hpp"
#include "http/client.hpp"
#include "services/aws_api.hpp"
#include "services/clock.hpp"

namespace dsdash::aws {

/// What a client takes from outside; tests bring their own.
struct ClientSurroundings {
    const Clock& clock;
    std::function<void(std::chrono::milliseconds)> sleep;  ///< between attempts
    std::function<double()> random;                        ///< 0 to 1
};

/// The clock, the sleep and the randomness of this machine.
[[nodiscard]] ClientSurroundings real_surroundings(const Clock& clock);

/// AWS operations over HTTP, signed: AWS's own endpoints, or `dsdash serve`. Retries what is
/// retryable (is_retryable) up to three attempts, within the deadline of the call.
class HttpAwsApi final : public AwsApi {
  public:
    /// How long a call may take with all its attempts, unless set otherwise: as long as a function
    /// that is invoked may run, and a little more.
    static constexpr std::chrono::seconds kCallTimeout{65};

    /// Asks STS for the account when the configuration does not name it.
    static Result<std::unique_ptr<HttpAwsApi>> connect(
        ClientConfig config, ClientSurroundings surroundings,
        std::chrono::milliseconds call_timeout = kCallTimeout);

    Result<json::object> call(std::string_view service, std::string_view operation,
                              const json::object& input) override;
    [[nodiscard]] const AccountId& account() const override { return *config_.account; }
    [[nodiscard]] const Region& region() const override { return config_.region; }

  private:
    HttpAwsApi(ClientConfig config, ClientSurroundings surroundings,
               std::chrono::milliseconds call_timeout);

    Result<void> learn_account();
    Result<http::Response> exchange(std::string_view service, const http::Request& request,
                                    std::chrono::steady_clock::time_point deadline);

    ClientConfig config_;
    ClientSurroundings surroundings_;
    std::chrono::milliseconds call_timeout_;
    SigningKeyCache keys_;
    http::Client client_;
};

}  // namespace dsdash::aws
