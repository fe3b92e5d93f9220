#include "embedded/accounts/home.hpp"

#include <spdlog/spdlog.h>

#include <map>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <utility>

#include "embedded/accounts/account_folder.hpp"
#include "embedded/storage/file_lock.hpp"

namespace dsdash::embedded {

struct Home::State {
    State(std::filesystem::path directory_in, const Clock& clock_in)
        : directory(std::move(directory_in)), folder(directory), clock(clock_in) {}

    Account* find(const AccountId& id);
    Account* find_by_access_key(std::string_view access_key_id);
    Result<void> open_account(const AccountId& id);
    Result<void> open_new_accounts();
    void look_again();

    std::filesystem::path directory;
    AccountFolder folder;
    const Clock& clock;
    std::optional<FileLock> serving;

    std::mutex scanning;  // one look at the folder at a time; guards `seen`
    AccountFolder::Look seen;
    std::shared_mutex mutex;  // guards the two maps; accounts stay until the Home goes
    std::map<AccountId, std::unique_ptr<Account>> by_id;
    std::map<std::string, Account*, std::less<>> by_access_key;
};

Account* Home::State::find(const AccountId& id) {
    const std::shared_lock lock(mutex);
    const auto found = by_id.find(id);
    return found == by_id.end() ? nullptr : found->second.get();
}

Account* Home::State::find_by_access_key(std::string_view access_key_id) {
    const std::shared_lock lock(mutex);
    const auto found = by_access_key.find(access_key_id);
    return found == by_access_key.end() ? nullptr : found->second;
}

Result<void> Home::State::open_account(const AccountId& id) {
    const auto file = folder.file_of(id);
    auto account = Account::open(file, clock);
    if (account && (*account)->id() != id) {
        account = fail(ErrorKind::internal, "the file is that of another account");
    }
    if (!account) {
        account.error().message = file.string() + ": " + account.error().message;
        return std::unexpected(account.error());
    }
    const std::unique_lock lock(mutex);
    by_access_key.emplace((*account)->identity().access_key_id, account->get());
    by_id.emplace(id, *std::move(account));
    return {};
}

Result<void> Home::State::open_new_accounts() {
    const std::lock_guard scan(scanning);
    // Anybody can make us miss by sending unknown keys: without a change that costs one stat().
    if (!folder.changed_since(seen)) return {};
    seen = folder.look();
    auto ids = folder.list();
    if (!ids) return std::unexpected(ids.error());
    Result<void> outcome;
    for (const AccountId& id : *ids) {
        if (find(id) != nullptr) continue;
        auto opened = open_account(id);
        if (!opened && outcome) outcome = std::move(opened);
    }
    return outcome;
}

void Home::State::look_again() {
    // To the one who asks, an account that cannot be opened is not there; the operator must know.
    if (auto opened = open_new_accounts(); !opened) {
        spdlog::error("cannot open an account: {}", opened.error().message);
    }
}

Home::Home(std::unique_ptr<State> state) : state_(std::move(state)) {}
Home::~Home() = default;

Result<std::unique_ptr<Home>> Home::open(std::filesystem::path directory, const Clock& clock) {
    auto state = std::make_unique<State>(std::move(directory), clock);
    if (auto created = state->folder.create(); !created) return std::unexpected(created.error());
    if (auto opened = state->open_new_accounts(); !opened) {
        return std::unexpected(opened.error());
    }
    return std::unique_ptr<Home>(new Home(std::move(state)));
}

Result<void> Home::lock_for_serving() {
    auto lock = FileLock::try_to_take(state_->directory / "serve.lock");
    if (!lock) {
        if (lock.error().kind == ErrorKind::conflict) {
            lock.error().message = "another dsdash serve runs on " + state_->directory.string();
        }
        return std::unexpected(lock.error());
    }
    state_->serving.emplace(*std::move(lock));
    return {};
}

Account* Home::find(const AccountId& id) {
    if (Account* account = state_->find(id)) return account;
    state_->look_again();
    return state_->find(id);
}

Account* Home::find_by_access_key(std::string_view access_key_id) {
    if (Account* account = state_->find_by_access_key(access_key_id)) return account;
    state_->look_again();
    return state_->find_by_access_key(access_key_id);
}

std::vector<Account*> Home::accounts() {
    state_->look_again();
    const std::shared_lock lock(state_->mutex);
    std::vector<Account*> accounts;
    for (const auto& [id, account] : state_->by_id) accounts.push_back(account.get());
    return accounts;
}

}  // namespace dsdash::embedded
