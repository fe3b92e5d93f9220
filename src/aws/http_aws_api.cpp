#include "aws/http_aws_api.hpp"

#include <fmt/format.h>

#include <random>
#include <thread>

#include "aws/answer_error.hpp"
#include "aws/lambda_rest.hpp"
#include "aws/retry.hpp"
#include "aws/service_protocol.hpp"
#include "aws/sigv4.hpp"
#include "aws/sts_query.hpp"
#include "http/http_date.hpp"
#include "http/origin.hpp"

namespace dsdash::aws {

namespace {

// https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
http::Request make_json_request(const ServiceProtocol& protocol, std::string_view operation,
                                const json::object& input) {
    http::Request request;
    request.method = "POST";
    request.headers.add("Content-Type",
                        fmt::format("application/x-amz-json-{}", protocol.json_version));
    request.headers.add("X-Amz-Target", fmt::format("{}.{}", protocol.target_prefix, operation));
    request.body = json::serialize(input);
    return request;
}

Result<http::Request> make_request(const ServiceProtocol& protocol, std::string_view operation,
                                   const json::object& input) {
    if (protocol.service == "lambda") {
        return make_lambda_request(operation, input);
    }
    if (protocol.service == "sts") {
        if (operation != "GetCallerIdentity") {
            return fail(ErrorKind::malformed_input, fmt::format("sts has no {} here", operation));
        }
        return make_sts_request(operation, {});
    }
    return make_json_request(protocol, operation, input);
}

Result<json::object> read_output(const ServiceProtocol& protocol, std::string_view operation,
                                 const http::Response& response) {
    if (protocol.service == "lambda") {
        return read_lambda_output(operation, response);
    }
    if (protocol.service == "sts") {
        return read_caller_identity(response);
    }
    // Operations without an output answer nothing at all (events:PutPermission).
    return response.body.empty() ? json::object{} : parse_json_object(response.body);
}

/// An answer that cannot be read says nothing against the request.
Error as_internal(Error error) {
    error.kind = ErrorKind::internal;
    error.message = "the service's answer cannot be read: " + error.message;
    return error;
}

}  // namespace

ClientSurroundings real_surroundings(const Clock& clock) {
    auto engine = std::make_shared<std::mt19937_64>(std::random_device{}());
    return {clock, [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); },
            [engine] { return std::uniform_real_distribution<double>(0, 1)(*engine); }};
}

HttpAwsApi::HttpAwsApi(ClientConfig config, ClientSurroundings surroundings, http::Client client,
                       std::chrono::milliseconds call_timeout)
    : config_(std::move(config)),
      surroundings_(std::move(surroundings)),
      call_timeout_(call_timeout),
      client_(std::move(client)) {}

Result<std::unique_ptr<HttpAwsApi>> HttpAwsApi::connect(ClientConfig config,
                                                        ClientSurroundings surroundings,
                                                        std::chrono::milliseconds call_timeout) {
    http::Client client(config.transport);
    return connect(std::move(config), std::move(surroundings), std::move(client), call_timeout);
}

Result<std::unique_ptr<HttpAwsApi>> HttpAwsApi::connect(ClientConfig config,
                                                        ClientSurroundings surroundings,
                                                        http::Client client,
                                                        std::chrono::milliseconds call_timeout) {
    std::unique_ptr<HttpAwsApi> api(new HttpAwsApi(std::move(config), std::move(surroundings),
                                                   std::move(client), call_timeout));
    if (auto learned = api->learn_account(); !learned) {
        return std::unexpected(std::move(learned.error()));
    }
    return api;
}

Result<void> HttpAwsApi::learn_account() {
    if (config_.account) {
        return {};
    }
    const auto identity = call("sts", "GetCallerIdentity", {});
    if (!identity) {
        return std::unexpected(identity.error());
    }
    auto account = AccountId::parse(json::value_to<std::string>(identity->at("Account")));
    if (!account) {
        return std::unexpected(as_internal(std::move(account.error())));
    }
    config_.account = std::move(*account);
    return {};
}

HttpAwsApi::Deadline HttpAwsApi::deadline_of_call() const {
    const auto left = deadline_ == TimePoint::max()
                          ? call_timeout_
                          : std::min<std::chrono::microseconds>(
                                call_timeout_, deadline_ - surroundings_.clock.now());
    return std::chrono::steady_clock::now() + left;
}

HttpAwsApi::Attempt HttpAwsApi::exchange(std::string_view service, const http::Request& request,
                                         Deadline deadline) {
    const auto origin_text = config_.origin_of(service);
    const auto origin = http::Origin::parse(origin_text);
    if (!origin) {
        return {std::unexpected(origin.error())};
    }
    const auto now = surroundings_.clock.now() + clock_error_;
    const auto credentials = config_.credentials->fetch(now, deadline);
    if (!credentials) {
        return {std::unexpected(credentials.error())};
    }
    auto attempt = request;
    attempt.headers.add("Host", origin->host_field());
    attempt.headers.add("User-Agent", "dsdash");
    if (!trace_id_.empty()) {
        attempt.headers.add("X-Amzn-Trace-Id", trace_id_);
    }
    sign_request(attempt, *credentials, config_.region.text(), service, now, keys_);
    auto response = client_.send(origin_text, attempt, deadline);
    if (!response || response->status / 100 == 2) {
        return {std::move(response)};
    }
    auto error = read_error(*response);
    const bool mended = mend(*response, error, *credentials, deadline);
    return {std::unexpected(std::move(error)), mended};
}

bool HttpAwsApi::mend(const http::Response& refusal, const Error& error, const Credentials& used,
                      Deadline deadline) {
    if (error.kind != ErrorKind::denied) {
        return false;
    }
    const auto ours = surroundings_.clock.now();
    const auto date = http::parse_http_date(refusal.headers.find("Date").value_or(""));
    // Services take a signature for five minutes: their clocks and ours may differ by less.
    constexpr std::chrono::minutes kClockErrorMax{4};
    if (date && std::chrono::abs(*date - (ours + clock_error_)) > kClockErrorMax) {
        clock_error_ = *date - ours;
        return true;
    }
    if (!error.code.starts_with("ExpiredToken")) {
        return false;
    }
    config_.credentials->forget(used);
    const auto others = config_.credentials->fetch(ours + clock_error_, deadline);
    return others && others->session_token != used.session_token;
}

/// All attempts of one call.
Result<http::Response> HttpAwsApi::send(std::string_view service, const http::Request& request,
                                        Deadline deadline) {
    bool mended_before = false;
    for (int attempt = 1;; ++attempt) {
        auto [response, mended] = exchange(service, request, deadline);
        if (response || attempt == kAttemptsMax) {
            return std::move(response);
        }
        if (mended && !std::exchange(mended_before, true)) {
            continue;
        }
        const auto delay = backoff_delay(attempt, surroundings_.random());
        if (!is_retryable(response.error().kind) ||
            std::chrono::steady_clock::now() + delay >= deadline) {
            return std::move(response);
        }
        surroundings_.sleep(delay);
    }
}

Result<json::object> HttpAwsApi::call(std::string_view service, std::string_view operation,
                                      const json::object& input) {
    const auto placed = [&](Error error) {
        error.where = fmt::format("{}:{}", service, operation);
        if (config_.account) {
            error.where += fmt::format(" in account {}", config_.account->text());
        }
        return std::unexpected(std::move(error));
    };
    const auto* protocol = find_service_protocol(service);
    if (protocol == nullptr) {
        return placed({ErrorKind::malformed_input, "no such service", {}, {}, {}});
    }
    const auto request = make_request(*protocol, operation, input);
    if (!request) {
        return placed(request.error());
    }
    const auto deadline = deadline_of_call();
    if (deadline <= std::chrono::steady_clock::now()) {
        return placed({ErrorKind::timed_out, "the time for it has run out", {}, {}, {}});
    }
    auto response = send(service, *request, deadline);
    if (!response) {
        return placed(std::move(response.error()));
    }
    auto output = read_output(*protocol, operation, *response);
    return output ? std::move(output) : placed(as_internal(std::move(output.error())));
}

}  // namespace dsdash::aws
