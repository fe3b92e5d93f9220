#pragma once

#include <sys/stat.h>

#include <chrono>
#include <mutex>

#include "embedded/tokens/token_file.hpp"

namespace dsdash::embedded {

/// The tokens of a dashboard as they are now: what another process creates or revokes counts from
/// the next find() on, which costs one stat() while nothing changes.
class TokenWatch final : public DashboardTokens {
  public:
    explicit TokenWatch(TokenFile file) : file_(std::move(file)) {}

    /// As TokenFile::read: while the file cannot be read no token is good.
    Result<std::optional<DashboardToken>> find(const Sha256& digest) override;
    /// How many there are.
    Result<std::size_t> count();

  private:
    /// What tells one version of the file from another.
    struct Version {
        ino_t inode = 0;
        off_t size = 0;
        std::chrono::nanoseconds changed{0};  ///< its contents; whoever may write it can set this
        std::chrono::nanoseconds touched{0};  ///< contents or mode; only the system sets this
        bool operator==(const Version&) const = default;
    };

    [[nodiscard]] Version look() const;
    Result<void> read_again();

    const TokenFile file_;
    std::mutex mutex_;  // guards all below
    Version seen_;
    bool may_change_unseen_ = true;
    std::vector<TokenEntry> entries_;
};

}  // namespace dsdash::embedded
