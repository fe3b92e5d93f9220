#include "aws/client_config.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "aws/profile.hpp"
#include "aws/service_protocol.hpp"

namespace dsdash::aws {

namespace {

std::optional<std::string> setting(const ProfileSettings& settings, std::string_view name) {
    const auto found = settings.find(name);
    return found == settings.end() || found->second.empty() ? std::nullopt
                                                            : std::optional(found->second);
}

/// Variables that are set but empty count as unset, as for AWS's clients.
std::optional<std::string> variable(const Environment& environment, const std::string& name) {
    auto value = environment(name);
    return value && value->empty() ? std::nullopt : value;
}

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

struct Files {
    std::filesystem::path credentials;
    std::filesystem::path config;
};

Files find_files(const ConfigRequest& request, const Environment& environment) {
    const auto folder = std::filesystem::path(environment("HOME").value_or("")) / ".aws";
    const auto choose = [&](const std::filesystem::path& given, const std::string& name,
                            std::string_view usual) {
        return given.empty() ? std::filesystem::path(
                                   variable(environment, name).value_or((folder / usual).string()))
                             : given;
    };
    return {choose(request.credentials_file, "AWS_SHARED_CREDENTIALS_FILE", "credentials"),
            choose(request.config_file, "AWS_CONFIG_FILE", "config")};
}

/// A file that is not there has no profiles.
Result<Profiles> read_profiles(const std::filesystem::path& path, ProfileFile kind) {
    std::ifstream file(path);
    if (!file) {
        return Profiles{};
    }
    std::ostringstream content;
    content << file.rdbuf();
    auto profiles = parse_profiles(content.view(), kind);
    if (!profiles) {
        profiles.error().message = fmt::format("{}: {}", path.string(), profiles.error().message);
    }
    return profiles;
}

/// The settings of profile `name` in both files; where both have one, the credentials file's holds.
Result<ProfileSettings> read_profile(const Files& files, const std::string& name, bool required) {
    auto credentials = read_profiles(files.credentials, ProfileFile::credentials);
    if (!credentials) {
        return std::unexpected(std::move(credentials.error()));
    }
    auto config = read_profiles(files.config, ProfileFile::config);
    if (!config) {
        return std::unexpected(std::move(config.error()));
    }
    if (required && !credentials->contains(name) && !config->contains(name)) {
        return fail(ErrorKind::not_found,
                    fmt::format("no profile '{}' in {} or {}", name, files.credentials.string(),
                                files.config.string()));
    }
    auto settings = (*credentials)[name];
    settings.merge((*config)[name]);
    return settings;
}

std::optional<Credentials> credentials_of(const std::optional<std::string>& key,
                                          const std::optional<std::string>& secret,
                                          const std::optional<std::string>& token) {
    if (!key || !secret) {
        return std::nullopt;
    }
    return Credentials{*key, SecretKey(*secret), token.value_or("")};
}

/// Keys in the environment count before a profile's, unless a profile was asked for.
std::optional<Credentials> find_credentials(const ConfigRequest& request,
                                            const Environment& environment,
                                            const ProfileSettings& settings) {
    if (request.profile.empty()) {
        auto found = credentials_of(variable(environment, "AWS_ACCESS_KEY_ID"),
                                    variable(environment, "AWS_SECRET_ACCESS_KEY"),
                                    variable(environment, "AWS_SESSION_TOKEN"));
        if (found) {
            return found;
        }
    }
    return credentials_of(setting(settings, "aws_access_key_id"),
                          setting(settings, "aws_secret_access_key"),
                          setting(settings, "aws_session_token"));
}

}  // namespace

Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    };
}

std::string ClientConfig::origin_of(std::string_view service) const {
    const auto* protocol = find_service_protocol(service);
    if (protocol == nullptr) {
        return {};
    }
    return first_of(variable(environment, fmt::format("AWS_ENDPOINT_URL_{}", protocol->variable)),
                    unless_empty(endpoint_url))
        .value_or(aws_origin(*protocol, region));
}

Result<ClientConfig> load_client_config(const ConfigRequest& request, const Environment& process) {
    const bool files_say_all = !request.credentials_file.empty();
    const Environment nothing = [](const std::string&) { return std::nullopt; };
    const auto& environment = files_say_all ? nothing : process;
    const auto files = find_files(request, environment);
    const auto asked =
        first_of(unless_empty(request.profile), variable(environment, "AWS_PROFILE"));
    const auto profile = asked.value_or("default");
    const auto settings = read_profile(files, profile, asked.has_value());
    if (!settings) {
        return std::unexpected(settings.error());
    }
    auto credentials = find_credentials(request, environment, *settings);
    if (!credentials) {
        return fail(ErrorKind::not_found, fmt::format("no access keys for profile '{}' in {}",
                                                      profile, files.credentials.string()));
    }
    const auto region_name =
        first_of(unless_empty(request.region), variable(environment, "AWS_REGION"),
                 variable(environment, "AWS_DEFAULT_REGION"), setting(*settings, "region"));
    if (!region_name) {
        return fail(ErrorKind::not_found, fmt::format("no region for profile '{}' in {}", profile,
                                                      files.config.string()));
    }
    auto region = Region::parse(*region_name);
    if (!region) {
        return std::unexpected(std::move(region.error()));
    }
    ClientConfig config{std::move(*credentials), std::move(*region), std::nullopt, {}, nothing};
    const bool configured = variable(environment, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") != "true";
    const auto account_id = setting(*settings, "aws_account_id");
    // Keys from the environment may be another account's.
    if (account_id && setting(*settings, "aws_access_key_id") == config.credentials.access_key_id) {
        auto account = AccountId::parse(*account_id);
        if (!account) {
            return std::unexpected(std::move(account.error()));
        }
        config.account = std::move(*account);
    }
    config.endpoint_url = request.endpoint_url;
    if (config.endpoint_url.empty() && configured) {
        config.endpoint_url =
            first_of(variable(environment, "AWS_ENDPOINT_URL"), setting(*settings, "endpoint_url"))
                .value_or("");
        config.environment = environment;
    }
    return config;
}

}  // namespace dsdash::aws
