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
/// retryable (is_retryable) up to three attempts, within the deadline of the call; once for
/// credentials that have expired, where there are others, and for a clock of this machine that is
/// wrong by minutes. Errors name the operation and the account.
class HttpAwsApi final : public AwsApi {
  public:
    /// How long a call may take with all its attempts, unless set otherwise: as long as a function
    /// that is invoked may run, and a little more.
    static constexpr std::chrono::seconds kCallTimeout{65};

    /// Asks STS for the account when the configuration does not name it.
    static Result<std::unique_ptr<HttpAwsApi>> connect(
        ClientConfig config, ClientSurroundings surroundings,
        std::chrono::milliseconds call_timeout = kCallTimeout);
    /// The same through a client that is there already, made with config.transport.
    static Result<std::unique_ptr<HttpAwsApi>> connect(ClientConfig config,
                                                       ClientSurroundings surroundings,
                                                       http::Client client,
                                                       std::chrono::milliseconds call_timeout);

    Result<json::object> call(std::string_view service, std::string_view operation,
                              const json::object& input) override;
    void set_deadline(TimePoint deadline) override { deadline_ = deadline; }
    [[nodiscard]] const AccountId& account() const override { return *config_.account; }
    [[nodiscard]] const Region& region() const override { return config_.region; }
    /// Sent as X-Amzn-Trace-Id from now on; empty: not sent.
    void set_trace_id(std::string trace_id) { trace_id_ = std::move(trace_id); }

  private:
    using Deadline = std::chrono::steady_clock::time_point;

    struct Attempt {
        Result<http::Response> response;
        bool mended = false;  ///< what it failed of: the next one may well succeed
    };

    HttpAwsApi(ClientConfig config, ClientSurroundings surroundings, http::Client client,
               std::chrono::milliseconds call_timeout);

    Result<void> learn_account();
    [[nodiscard]] Deadline deadline_of_call() const;
    Result<http::Response> send(std::string_view service, const http::Request& request,
                                Deadline deadline);
    Attempt exchange(std::string_view service, const http::Request& request, Deadline deadline);
    bool mend(const http::Response& refusal, const Error& error, const Credentials& used,
              Deadline deadline);

    ClientConfig config_;
    ClientSurroundings surroundings_;
    std::chrono::milliseconds call_timeout_;
    SigningKeyCache keys_;
    http::Client client_;
    TimePoint deadline_ = TimePoint::max();
    std::chrono::microseconds clock_error_{0};  ///< what AWS's clock shows more than ours
    std::string trace_id_;
};

}  // namespace dsdash::aws
