#pragma once

#include <string>

#include "domain/account_id.hpp"
#include "embedded/storage/sqlite.hpp"

namespace dsdash::embedded {

/// Who an account is, kept in its own file: the file alone makes the account.
struct AccountIdentity {
    AccountId id;
    std::string name;  ///< the profile's name, [A-Za-z0-9_-]{1,64}
    Region region;
    std::string access_key_id;
    std::string secret_access_key;
};

/// A new identity with random keys that look like AWS's. malformed_input for a bad name; twelve
/// digits are one, since they would be taken for an id.
Result<AccountIdentity> make_identity(std::string name, const AccountId& id, const Region& region);

/// Creates the table `identity` with one row.
Result<void> store_identity(Database& database, const AccountIdentity& identity);
/// internal when the file is no account's.
Result<AccountIdentity> load_identity(Database& database);

}  // namespace dsdash::embedded
