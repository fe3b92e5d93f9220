#pragma once

#include <memory>
#include <optional>

#include "aws/credentials/provider.hpp"

namespace dsdash::aws {

/// Keeps what another source gave until shortly before it expires.
class CachedCredentials final : public CredentialsProvider {
  public:
    /// From here on new ones are fetched; the old ones still serve when that fails. AWS's SDK for
    /// Java calls it the prefetch time.
    static constexpr std::chrono::minutes kRefreshAhead{5};
    /// After a failed refresh the source is left alone for that long, while the old ones are good.
    static constexpr std::chrono::seconds kRefreshPause{30};

    explicit CachedCredentials(std::unique_ptr<CredentialsProvider> source)
        : source_(std::move(source)) {}

    Result<Credentials> fetch(TimePoint now, Deadline deadline) override;
    void forget(const Credentials& credentials) override;

  private:
    [[nodiscard]] bool is_fresh(TimePoint now) const;
    [[nodiscard]] bool is_valid(TimePoint now) const;

    std::unique_ptr<CredentialsProvider> source_;
    std::optional<Credentials> kept_;
    TimePoint next_refresh_ = TimePoint::min();
};

}  // namespace dsdash::aws
