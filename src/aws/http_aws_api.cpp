#include "aws/http_aws_api.hpp"

#include <fmt/format.h>

#include <random>
#include <thread>

#include "aws/answer_error.hpp"
#include "aws/lambda_rest.hpp"
#include "aws/retry.hpp"
#include "aws/service_protocol.hpp"
#include "aws/sigv4.hpp"
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

// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
Result<http::Request> make_sts_request(std::string_view operation) {
    if (operation != "GetCallerIdentity") {
        return fail(ErrorKind::malformed_input, fmt::format("sts has no {} here", operation));
    }
    http::Request request;
    request.method = "POST";
    request.headers.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    request.body = "Action=GetCallerIdentity&Version=2011-06-15";
    return request;
}

Result<http::Request> make_request(const ServiceProtocol& protocol, std::string_view operation,
                                   const json::object& input) {
    if (protocol.service == "lambda") {
        return make_lambda_request(operation, input);
    }
    if (protocol.service == "sts") {
        return make_sts_request(operation);
    }
    return make_json_request(protocol, operation, input);
}

Result<json::object> read_output(const ServiceProtocol& protocol, std::string_view operation,
                                 const http::Response& response) {
    if (protocol.service == "lambda") {
        return read_lambda_output(operation, response);
    }
    if (protocol.service == "sts") {
        json::object output;
        for (const auto* name : {"UserId", "Account", "Arn"}) {
            output[name] = xml_element(response.body, name);
        }
        return output;
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

HttpAwsApi::HttpAwsApi(ClientConfig config, ClientSurroundings surroundings,
                       std::chrono::milliseconds call_timeout)
    : config_(std::move(config)),
      surroundings_(std::move(surroundings)),
      call_timeout_(call_timeout) {}

Result<std::unique_ptr<HttpAwsApi>> HttpAwsApi::connect(ClientConfig config,
                                                        ClientSurroundings surroundings,
                                                        std::chrono::milliseconds call_timeout) {
    std::unique_ptr<HttpAwsApi> api(
        new HttpAwsApi(std::move(config), std::move(surroundings), call_timeout));
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

Result<http::Response> HttpAwsApi::exchange(std::string_view service, const http::Request& request,
                                            std::chrono::steady_clock::time_point deadline) {
    const auto origin_text = config_.origin_of(service);
    const auto origin = http::Origin::parse(origin_text);
    if (!origin) {
        return std::unexpected(origin.error());
    }
    auto attempt = request;
    attempt.headers.add("Host", origin->host_field());
    attempt.headers.add("User-Agent", "dsdash");
    sign_request(attempt, config_.credentials, config_.region.text(), service,
                 surroundings_.clock.now(), keys_);
    auto response = client_.send(origin_text, attempt, deadline);
    if (response && response->status / 100 != 2) {
        return std::unexpected(read_error(*response));
    }
    return response;
}

Result<json::object> HttpAwsApi::call(std::string_view service, std::string_view operation,
                                      const json::object& input) {
    const auto where = fmt::format("{}:{}", service, operation);
    const auto placed = [&](Error error) {
        error.where = where;
        return std::unexpected(std::move(error));
    };
    const auto* protocol = find_service_protocol(service);
    if (protocol == nullptr) {
        return placed({ErrorKind::malformed_input, "no such service", {}, {}, {}});
    }
    auto request = make_request(*protocol, operation, input);
    if (!request) {
        return placed(std::move(request.error()));
    }
    const auto deadline = std::chrono::steady_clock::now() + call_timeout_;
    for (int attempt = 1;; ++attempt) {
        auto response = exchange(service, *request, deadline);
        if (response) {
            auto output = read_output(*protocol, operation, *response);
            return output ? std::move(output) : placed(as_internal(std::move(output.error())));
        }
        const auto delay = backoff_delay(attempt, surroundings_.random());
        if (!is_retryable(response.error().kind) || attempt == kAttemptsMax ||
            std::chrono::steady_clock::now() + delay >= deadline) {
            return placed(std::move(response.error()));
        }
        surroundings_.sleep(delay);
    }
}

}  // namespace dsdash::aws
