#include <unistd.h>

#include "embedded/accounts/account_folder.hpp"
#include "embedded/accounts/home.hpp"
#include "embedded/accounts/profile_files.hpp"
#include "embedded/storage/file_lock.hpp"
#include "embedded/storage/private_file.hpp"

/// How an account comes into being: its file is made aside and its profile written; the last step,
/// a rename, makes the account. A crash before that step leaves none.
namespace dsdash::embedded {

namespace {

Result<void> check_free(const AccountFolder& folder, const Home::NewAccount& account) {
    auto ids = folder.list();
    if (!ids) return std::unexpected(ids.error());
    for (const AccountId& id : *ids) {
        if (id == account.id) {
            return fail(ErrorKind::conflict, "account " + id.text() + " exists already");
        }
        auto database = Database::open(folder.file_of(id), Database::Access::read_only);
        if (!database) return std::unexpected(database.error());
        auto identity = load_identity(*database);
        if (!identity) return std::unexpected(identity.error());
        if (identity->name == account.name) {
            return fail(ErrorKind::conflict,
                        "the name " + account.name + " is that of account " + id.text());
        }
    }
    return {};
}

Result<void> make_file(const std::filesystem::path& file, const AccountIdentity& identity) {
    // What a crash left behind, if it did.
    for (const char* suffix : {"", "-wal", "-shm"}) ::unlink((file.string() + suffix).c_str());
    auto database = Database::open(file, Database::Access::read_write);
    if (!database) return std::unexpected(database.error());
    return store_identity(*database, identity);  // closing merges the write-ahead log
}

}  // namespace

Result<AccountIdentity> Home::create_account(const std::filesystem::path& directory,
                                             const NewAccount& account) {
    auto identity = make_identity(account.name, account.id, account.region);
    if (!identity) return identity;
    const AccountFolder folder(directory);
    if (auto created = folder.create(); !created) return std::unexpected(created.error());
    auto lock = FileLock::wait_for(directory / "accounts.lock");
    if (!lock) return std::unexpected(lock.error());
    if (auto checked = check_free(folder, account); !checked) {
        return std::unexpected(checked.error());
    }
    const auto file = folder.unfinished_file_of(account.id);
    if (auto made = make_file(file, *identity); !made) return std::unexpected(made.error());
    if (auto written = write_profile(directory, *identity, account.endpoint_url); !written) {
        ::unlink(file.c_str());
        return std::unexpected(written.error());
    }
    if (auto renamed = rename_durably(file, folder.file_of(account.id)); !renamed) {
        return std::unexpected(renamed.error());
    }
    return identity;
}

}  // namespace dsdash::embedded
