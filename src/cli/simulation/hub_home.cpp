#include "cli/simulation/hub_home.hpp"

#include <algorithm>

#include "cli/account_files.hpp"
#include "cli/data_folder.hpp"
#include "embedded/accounts/home.hpp"

namespace dsdash::cli {

namespace {

// What README and demo call their hub, and account create takes where nothing is said.
constexpr const char* kName = "hub";
constexpr const char* kId = "111111111111";
constexpr const char* kRegion = "eu-west-1";
constexpr const char* kEndpointUrl = "http://127.0.0.1:8080";

Result<void> create_hub(const std::string& folder, const ClientOptions& client,
                        const Environment& environment) {
    const auto endpoint_url = client.endpoint_url.empty()
                                  ? environment("DSDASH_ENDPOINT_URL").value_or(kEndpointUrl)
                                  : client.endpoint_url;
    const auto created =
        embedded::Home::create_account(folder, {client.account, AccountId::parse(kId).value(),
                                                Region::parse(kRegion).value(), endpoint_url});
    if (!created) return std::unexpected(created.error());
    return {};
}

}  // namespace

Result<HubHome> find_or_create_hub(const ClientOptions& options, const Environment& environment) {
    const auto folder = data_folder(options.data, environment);
    if (!folder) return std::unexpected(folder.error());
    auto client = options;
    client.data = *folder;
    if (client.account.empty()) client.account = environment("DSDASH_ACCOUNT").value_or(kName);

    const auto accounts = read_accounts(*folder);
    if (!accounts) return std::unexpected(accounts.error());
    const bool is_there = std::ranges::any_of(*accounts, [&](const auto& account) {
        return account.name == client.account || account.id.text() == client.account;
    });
    if (!is_there) {
        auto created = create_hub(*folder, client, environment);
        if (!created) return std::unexpected(created.error());
    }
    const auto config = choose_client(client, environment);
    if (!config) return std::unexpected(config.error());
    return HubHome{.folder = *folder,
                   .endpoint_url = config->origin_of("dsdash"),
                   .region = config->region,
                   .client = std::move(client)};
}

}  // namespace dsdash::cli
