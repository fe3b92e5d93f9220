#include "cli/data_folder.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"
#include "embedded/accounts/account_folder.hpp"
#include "embedded/storage/account_identity.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string data;
};

Result<embedded::AccountIdentity> read_identity(const std::filesystem::path& file) {
    auto database = embedded::Database::open(file, embedded::Database::Access::read_only);
    if (!database) {
        return std::unexpected(database.error());
    }
    return embedded::load_identity(*database);
}

Result<int> list_accounts(const Options& options, Session& session) {
    const auto folder = data_folder(options.data, session.environment);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    // Read as any client of the files would: a server may be running on them.
    const embedded::AccountFolder accounts(*folder);
    const auto ids = accounts.list();
    if (!ids) {
        return std::unexpected(ids.error());
    }
    Table table({{"AccountId"}, {"Name"}, {"Region"}});
    for (const auto& id : *ids) {
        const auto identity = read_identity(accounts.file_of(id));
        if (!identity) {
            return std::unexpected(identity.error());
        }
        table.add_row({identity->id.text(), identity->name, identity->region.text()});
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
