#include "cli/client/client_options.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "aws/http_aws_api.hpp"
#include "aws/profile.hpp"
#include "cli/data_folder.hpp"

namespace dsdash::cli {

namespace {

std::unexpected<Error> no_such_account(const std::string& account, const std::string& file) {
    auto error =
        fail(ErrorKind::not_found, fmt::format("there is no account {} in {}", account, file));
    error.error().hint = "dsdash account list shows those that there are";
    return error;
}

/// The name of the profile that `account`, a name or an id, has in the data folder.
Result<std::string> profile_of(const std::string& account, const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) {
        auto error =
            fail(ErrorKind::not_found, fmt::format("cannot read {}: {}", file.string(),
                                                   std::generic_category().message(errno)));
        error.error().hint = "dsdash account create writes it";
        return error;
    }
    const std::string text(std::istreambuf_iterator<char>(in), {});
    const auto parsed = aws::parse_config(text, aws::ProfileFile::credentials);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    for (const auto& [name, settings] : parsed->profiles) {
        const auto id = settings.find("aws_account_id");
        if (name == account || (id != settings.end() && id->second == account)) {
            return name;
        }
    }
    return no_such_account(account, file.string());
}

Result<aws::ConfigRequest> account_request(const std::string& account, const std::string& data,
                                           const Environment& environment) {
    const auto folder = data_folder(data, environment);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    aws::ConfigRequest request;
    request.credentials_file = std::filesystem::path(*folder) / "credentials";
    request.config_file = std::filesystem::path(*folder) / "config";
    const auto profile = profile_of(account, request.credentials_file);
    if (!profile) {
        return std::unexpected(profile.error());
    }
    request.profile = *profile;
    return request;
}

/// not_found: no credentials anywhere, or no Region.
Error with_hint(Error error) {
    if (error.kind == ErrorKind::not_found && error.hint.empty()) {
        error.hint = "give --account with --data, or --profile";
    }
    return error;
}

}  // namespace

Result<aws::ClientConfig> choose_client(const ClientOptions& options,
                                        const Environment& environment) {
    auto account = options.account;
    if (account.empty() && options.profile.empty()) {
        account = environment("DSDASH_ACCOUNT").value_or("");
    }
    // A folder of accounts has their profiles, and nobody else's.
    if (!options.data.empty() && account.empty()) {
        account = options.profile;
    }
    if (!options.data.empty() && account.empty()) {
        return fail(ErrorKind::malformed_input,
                    "--data is a folder of accounts: say with --account which of them");
    }
    auto request = account.empty() ? aws::ConfigRequest{.profile = options.profile}
                                   : account_request(account, options.data, environment);
    if (!request) {
        return std::unexpected(request.error());
    }
    request->endpoint_url = options.endpoint_url;
    if (request->endpoint_url.empty()) {
        request->endpoint_url = environment("DSDASH_ENDPOINT_URL").value_or("");
    }
    // With a profile of AWS's own files it is one of several sources, and not the first of them.
    if (request->endpoint_url.empty() && !account.empty()) {
        request->endpoint_url = environment("AWS_ENDPOINT_URL").value_or("");
    }
    auto config = aws::load_client_config(*request, environment);
    if (!config) {
        return std::unexpected(with_hint(std::move(config.error())));
    }
    return config;
}

Result<std::unique_ptr<AwsApi>> connect(const ClientOptions& options,
                                        const Environment& environment) {
    static const SystemClock kClock;  // the API refers to it for as long as it lives
    auto config = choose_client(options, environment);
    if (!config) {
        return std::unexpected(config.error());
    }
    auto api = aws::HttpAwsApi::connect(std::move(*config), aws::real_surroundings(kClock));
    if (!api) {
        return std::unexpected(with_hint(std::move(api.error())));
    }
    return std::move(*api);
}

}  // namespace dsdash::cli
