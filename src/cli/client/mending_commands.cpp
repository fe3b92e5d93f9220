#include "cli/client/mending_commands.hpp"

#include <utility>

namespace dsdash::cli {

using doctor::Commands;

Commands mending_commands(const ClientOptions& client, const Environment& environment) {
    auto account = client.account;
    if (account.empty() && client.profile.empty()) {
        account = environment("DSDASH_ACCOUNT").value_or("");
    }
    const bool has_endpoint =
        !client.endpoint_url.empty() || environment("DSDASH_ENDPOINT_URL").has_value();
    std::string shared;
    for (const auto& [option, value] :
         {std::pair("--data", client.data), std::pair("--endpoint-url", client.endpoint_url)}) {
        if (value.empty()) {
            continue;
        }
        shared += shared.empty() ? "" : " ";
        shared += std::string(option) + " " + doctor::shell_word(value);
    }
    const bool by_account = !account.empty();
    return {by_account || has_endpoint ? Commands::Home::embedded : Commands::Home::aws,
            by_account ? Commands::NamedBy::account : Commands::NamedBy::profile,
            by_account ? account : client.profile, shared};
}

}  // namespace dsdash::cli
