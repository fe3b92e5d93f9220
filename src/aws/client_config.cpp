#include "aws/client_config.hpp"

#include <fmt/format.h>

#include "aws/config_files.hpp"
#include "aws/credentials/chain.hpp"
#include "aws/endpoints.hpp"
#include "aws/service_protocol.hpp"

namespace dsdash::aws {

namespace {

template <class... Rest>
std::optional<std::string> first_of(std::optional<std::string> one, Rest... rest) {
    if constexpr (sizeof...(rest) == 0) {
        return one;
    } else {
        return one ? one : first_of(std::move(rest)...);
    }
}

std::optional<std::string> unless_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

/// Variables that are set but empty count as unset, as for AWS's clients.
Environment without_empty(const Environment& environment) {
    return [environment](const std::string& name) {
        auto value = environment(name);
        return value && value->empty() ? std::nullopt : value;
    };
}

Result<Region> find_region(const ConfigRequest& request, const Environment& environment,
                           const ConfigFiles& files, const std::string& profile) {
    const auto name = first_of(unless_empty(request.region), environment("AWS_REGION"),
                               environment("AWS_DEFAULT_REGION"), files.setting(profile, "region"));
    if (!name) {
        return fail(ErrorKind::not_found, fmt::format("no region for profile '{}' in {}", profile,
                                                      files.config_path.string()));
    }
    return Region::parse(*name);
}

/// Which certificates are believed is the machine's matter, also where the files say all else.
http::ClientOptions find_transport(const Environment& environment, const Environment& machine,
                                   const ConfigFiles& files, const std::string& profile) {
    const auto ca_file = first_of(machine("AWS_CA_BUNDLE"), files.setting(profile, "ca_bundle"),
                                  machine("SSL_CERT_FILE"));
    // The lower-case names are older; curl and Python take both.
    const auto proxy = [&](const std::string& name) {
        return first_of(environment(name), environment(http::lower_case(name))).value_or("");
    };
    return {.ca_file = ca_file.value_or(""),
            .ca_pem = {},
            .proxies = {proxy("HTTPS_PROXY"), proxy("HTTP_PROXY"), proxy("NO_PROXY")}};
}

/// The account that goes with the credentials; they may be another account's than the profile's.
Result<std::optional<AccountId>> find_account(const ConfigRequest& request,
                                              const Environment& environment,
                                              const ConfigFiles& files,
                                              const std::string& profile) {
    const bool by_environment = request.profile.empty() && environment("AWS_ACCESS_KEY_ID");
    const bool by_profile = !by_environment && files.setting(profile, "aws_access_key_id") &&
                            !files.setting(profile, "role_arn");
    std::optional<std::string> text;
    if (by_environment) {
        text = environment("AWS_ACCOUNT_ID");
    } else if (by_profile) {
        text = files.setting(profile, "aws_account_id");
    }
    if (!text) {
        return std::nullopt;
    }
    auto account = AccountId::parse(*text);
    if (!account) {
        return std::unexpected(std::move(account.error()));
    }
    return std::move(*account);
}

}  // namespace

std::string ClientConfig::origin_of(std::string_view service) const {
    const auto* protocol = find_service_protocol(service);
    if (protocol == nullptr) {
        return {};
    }
    const auto own = service_endpoints.find(service);
    if (own != service_endpoints.end()) {
        return own->second;
    }
    return endpoint_url.empty() ? aws_origin(*protocol, region) : endpoint_url;
}

Result<ClientConfig> load_client_config(const ConfigRequest& request, const Environment& process) {
    const bool files_say_all = !request.credentials_file.empty();
    const auto machine = without_empty(process);
    const auto environment = files_say_all ? empty_environment() : machine;
    const auto files =
        read_config_files(request.credentials_file, request.config_file, environment);
    if (!files) {
        return std::unexpected(files.error());
    }
    const auto asked = first_of(unless_empty(request.profile), environment("AWS_PROFILE"));
    const auto profile = asked.value_or("default");
    if (asked && !files->profiles.contains(profile)) {
        return fail(ErrorKind::not_found,
                    fmt::format("no profile '{}' in {} or {}", profile,
                                files->credentials_path.string(), files->config_path.string()));
    }
    auto region = find_region(request, environment, *files, profile);
    if (!region) {
        return std::unexpected(std::move(region.error()));
    }
    auto account = find_account(request, environment, *files, profile);
    if (!account) {
        return std::unexpected(std::move(account.error()));
    }
    ClientConfig config{nullptr,
                        std::move(*region),
                        std::move(*account),
                        request.endpoint_url,
                        {},
                        find_transport(environment, machine, *files, profile)};
    if (config.endpoint_url.empty()) {
        auto endpoints = find_endpoints(environment, *files, profile);
        config.endpoint_url = std::move(endpoints.all);
        config.service_endpoints = std::move(endpoints.services);
    }
    auto credentials =
        find_credentials({.profile = profile,
                          .ignores_environment_keys = !request.profile.empty(),
                          .requires_profile = asked || files_say_all,
                          .files = *files,
                          .environment = environment,
                          .sts = {config.origin_of("sts"), config.region, config.transport}});
    if (!credentials) {
        return std::unexpected(std::move(credentials.error()));
    }
    config.credentials = std::move(*credentials);
    return config;
}

}  // namespace dsdash::aws
