#include "cli/account_files.hpp"

#include "embedded/accounts/account_folder.hpp"

namespace dsdash::cli {

namespace {

Result<embedded::AccountIdentity> read_identity(const std::filesystem::path& file) {
    auto database = embedded::Database::open(file, embedded::Database::Access::read_only);
    if (!database) {
        return std::unexpected(database.error());
    }
    return embedded::load_identity(*database);
}

}  // namespace

Result<std::vector<embedded::AccountIdentity>> read_accounts(const std::filesystem::path& folder) {
    const embedded::AccountFolder accounts(folder);
    const auto ids = accounts.list();
    if (!ids) {
        return std::unexpected(ids.error());
    }
    std::vector<embedded::AccountIdentity> identities;
    for (const auto& id : *ids) {
        auto identity = read_identity(accounts.file_of(id));
        if (!identity) {
            return std::unexpected(identity.error());
        }
        identities.push_back(*std::move(identity));
    }
    return identities;
}

}  // namespace dsdash::cli
