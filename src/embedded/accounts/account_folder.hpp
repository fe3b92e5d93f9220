#pragma once

#include <filesystem>
#include <vector>

#include "domain/account_id.hpp"

namespace dsdash::embedded {

/// Where the accounts' files of a data folder lie: DIR/accounts/<12 digits>.db.
class AccountFolder {
  public:
    explicit AccountFolder(const std::filesystem::path& directory)
        : folder_(directory / "accounts") {}

    /// Makes the data folder and this one (mode 0700) if need be.
    Result<void> create() const;
    [[nodiscard]] std::filesystem::path file_of(const AccountId& id) const;
    /// Where an account is put together before it appears. list() does not show it.
    [[nodiscard]] std::filesystem::path unfinished_file_of(const AccountId& id) const;
    /// The accounts that are there, by id.
    [[nodiscard]] Result<std::vector<AccountId>> list() const;

    /// What a look at the folder saw. A new one has seen nothing.
    struct Look {
        std::filesystem::file_time_type changed = std::filesystem::file_time_type::min();
        std::filesystem::file_time_type looked = std::filesystem::file_time_type::min();
    };
    [[nodiscard]] Look look() const;
    /// Whether files may have come since that look, which must have been before a list().
    [[nodiscard]] bool changed_since(const Look& before) const;

  private:
    std::filesystem::path folder_;
};

}  // namespace dsdash::embedded
