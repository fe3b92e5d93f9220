#include "cli/account_files.hpp"
#include "cli/data_folder.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string data;
};

Result<int> list_accounts(const Options& options, Session& session) {
    const auto folder = data_folder(options.data, session.environment);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    const auto identities = read_accounts(*folder);
    if (!identities) {
        return std::unexpected(identities.error());
    }
    Table table({{"AccountId"}, {"Name"}, {"Region"}});
    for (const auto& identity : *identities) {
        table.add_row({identity.id.text(), identity.name, identity.region.text()});
    }
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_account_list(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("list", "List the accounts of a data folder");
    const auto options = on_run(*command, session, list_accounts);
    add_data_option(*command, options->data);
    add_output_option(*command, session);
    add_examples(*command, {"dsdash account list --data home"});
}

}  // namespace dsdash::cli
