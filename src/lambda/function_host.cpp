#include "lambda/function_host.hpp"

#include <fmt/format.h>

#include "domain/arn.hpp"
#include "domain/retention.hpp"
#include "functions/run_function.hpp"
#include "lambda/amazon_roots.hpp"

namespace dsdash::lambda {

namespace {

constexpr const char* kHandlerVariable = "_HANDLER";

aws::Environment lookup_in(const functions::Environment& variables) {
    return [&variables](const std::string& name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
}

/// HUB_TABLE and HUB_STATE_TABLE, as the stack sets them for the archive.
aws::HubTableNames table_names(const functions::Environment& variables) {
    aws::HubTableNames names;
    const auto lookup = lookup_in(variables);
    names.records = lookup("HUB_TABLE").value_or(names.records);
    names.state = lookup("HUB_STATE_TABLE").value_or(names.state);
    return names;
}

/// RETENTION_DAYS, likewise; nothing: records are kept for ever.
Result<std::optional<std::chrono::days>> read_retention(const functions::Environment& variables) {
    const auto text = lookup_in(variables)("RETENTION_DAYS");
    if (!text) {
        return std::nullopt;
    }
    const auto days = parse_retention_days(*text);
    if (!days) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("RETENTION_DAYS {}", days.error().message));
    }
    return *days;
}

}  // namespace

FunctionHost::FunctionHost(std::string handler, functions::Environment variables,
                           std::optional<std::chrono::days> retention, aws::ClientConfig config,
                           http::Client client, const Clock& clock)
    : handler_(std::move(handler)),
      variables_(std::move(variables)),
      retention_(retention),
      config_(std::move(config)),
      client_(std::move(client)),
      clock_(clock) {}

Result<std::unique_ptr<FunctionHost>> FunctionHost::create(functions::Environment variables,
                                                           const Clock& clock) {
    auto handler = variables[kHandlerVariable];
    if (!functions::has_function(handler)) {
        return fail(ErrorKind::not_found, fmt::format("there is no handler \"{}\"", handler),
                    "Runtime.NoSuchHandler");
    }
    const auto retention = read_retention(variables);
    if (!retention) {
        return std::unexpected(retention.error());
    }
    auto config = aws::load_client_config({}, lookup_in(variables));
    if (!config) {
        return std::unexpected(std::move(config.error()));
    }
    if (config->transport.ca_file.empty()) {
        config->transport.ca_pem = amazon_roots();
    }
    http::Client client(config->transport);
    // Every function needs the bus; where that is reached without TLS, so is the rest.
    if (config->origin_of("events").starts_with("https:")) {
        if (auto prepared = client.prepare_tls(); !prepared) {
            return std::unexpected(std::move(prepared.error()));
        }
    }
    return std::unique_ptr<FunctionHost>(new FunctionHost(std::move(handler), std::move(variables),
                                                          *retention, std::move(*config),
                                                          std::move(client), clock));
}

/// The account is that of the function's ARN, which spares a question to STS.
Result<void> FunctionHost::settle(const std::string& function_arn) {
    const auto arn = Arn::parse(function_arn);
    auto account =
        arn ? AccountId::parse(arn->account) : Result<AccountId>(std::unexpected(arn.error()));
    if (!account) {
        return fail(ErrorKind::internal, fmt::format("the invocation does not name the account: {}",
                                                     account.error().message));
    }
    config_.account = std::move(*account);
    auto api = aws::HttpAwsApi::connect(std::move(config_), aws::real_surroundings(clock_),
                                        std::move(client_), aws::HttpAwsApi::kCallTimeout);
    if (!api) {
        return std::unexpected(std::move(api.error()));
    }
    home_ = std::make_unique<Home>(std::move(*api), table_names(variables_), retention_);
    return {};
}

Result<std::string> FunctionHost::handle(const Invocation& invocation) {
    if (home_ == nullptr) {
        if (auto settled = settle(invocation.function_arn); !settled) {
            return std::unexpected(std::move(settled.error()));
        }
    }
    const auto deadline = invocation.deadline - kTimeToAnswer;
    if (clock_.now() >= deadline) {
        return fail(ErrorKind::timed_out, "the function's time is too short to begin");
    }
    home_->api->set_deadline(deadline);
    home_->api->set_trace_id(invocation.trace_id);
    functions::Services services{
        *home_->api, home_->parameters, home_->bus, home_->metric_table, home_->hub_state, clock_,
        uuids_,      variables_,        deadline};
    return functions::run_function(handler_, invocation.payload, services);
}

}  // namespace dsdash::lambda
