#include "cli/data_folder.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"
#include "embedded/accounts/home.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string name;
    std::string id;
    std::string region = "eu-west-1";
    std::string data;
    std::string endpoint_url;
};

Result<int> create_account(const Options& options, Session& session) {
    const auto folder = data_folder(options.data, session.environment);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    const auto id = AccountId::parse(options.id);
    const auto region = Region::parse(options.region);
    if (!id || !region) {
        return std::unexpected(id ? region.error() : id.error());
    }
    const auto endpoint_url =
        options.endpoint_url.empty()
            ? session.environment("DSDASH_ENDPOINT_URL").value_or("http://127.0.0.1:8080")
            : options.endpoint_url;
    const auto account =
        embedded::Home::create_account(*folder, {options.name, *id, *region, endpoint_url});
    if (!account) {
        return std::unexpected(account.error());
    }
    Table table({{"AccountId"}, {"Profile"}, {"Region"}, {"Credentials"}});
    table.add_row({account->id.text(), account->name, account->region.text(),
                   std::filesystem::path(*folder) / "credentials"});
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_account_create(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "create", "Make an account in the data folder, before or while dsdash serve runs");
    const auto options = on_run(*command, session, create_account);
    command->add_option("name", options->name, "its name, and that of its profile")->required();
    command->add_option("--id", options->id, "its account id, 12 digits")->required();
    command->add_option("--region", options->region, "its Region")->capture_default_str();
    command->add_option("--endpoint-url", options->endpoint_url,
                        "where dsdash serve listens (else DSDASH_ENDPOINT_URL, or "
                        "http://127.0.0.1:8080)");
    add_data_option(*command, options->data);
    add_output_option(*command, session);
    add_examples(*command,
                 {"dsdash account create hub --id 111111111111 --data home",
                  "AWS_CONFIG_FILE=home/config AWS_SHARED_CREDENTIALS_FILE=home/credentials "
                  "aws --profile hub sts get-caller-identity"});
}

}  // namespace dsdash::cli
