#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "embedded/accounts/account.hpp"

namespace dsdash::embedded {

/// A data folder with its accounts:
///     DIR/accounts/<12 digits>.db   one SQLite file an account (mode 0600)
///     DIR/credentials, DIR/config   profiles for clients, AWS's formats (0600)
///     DIR/dashboard-tokens.json     tokens for the dashboard (0600; tokens/token_file.hpp)
///     DIR/*.lock                    held while an account is created, or while `serve` runs
/// Any thread may call it. Several processes may create accounts in one folder at once.
class Home {
  public:
    /// Creates the folder (mode 0700) if need be and opens every account in it; the error of one
    /// that cannot be opened names its file.
    static Result<std::unique_ptr<Home>> open(std::filesystem::path directory, const Clock& clock);
    ~Home();

    struct NewAccount {
        std::string name;
        AccountId id;
        Region region;
        std::string endpoint_url;  ///< written to the profile; http:// or https://
    };
    /// Creates the account's file and its profile [name] with new random keys. conflict when the
    /// id or the name is taken (in the folder), malformed_input for a bad name or URL. A crash
    /// halfway leaves no account, at most a profile that the next attempt replaces.
    static Result<AccountIdentity> create_account(const std::filesystem::path& directory,
                                                  const NewAccount& account);

    /// Makes this process the one that serves the folder, for as long as the Home lives. conflict
    /// when another one is.
    Result<void> lock_for_serving();

    /// Accounts created while this runs are found too: a miss looks at the folder again.
    /// nullptr when there is none. Lifetime: the Home's.
    Account* find(const AccountId& id);
    Account* find_by_access_key(std::string_view access_key_id);
    /// All accounts of the folder, by id.
    std::vector<Account*> accounts();

  private:
    struct State;
    explicit Home(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace dsdash::embedded
