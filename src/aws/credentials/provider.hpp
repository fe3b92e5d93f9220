#pragma once

#include <chrono>

#include "aws/credentials.hpp"
#include "domain/result.hpp"

namespace dsdash::aws {

/// One source of credentials, or a chain of them. Not for several threads at once.
class CredentialsProvider {
  public:
    using Deadline = std::chrono::steady_clock::time_point;

    virtual ~CredentialsProvider() = default;

    /// Credentials that are good at `now`; may ask a file, a process or a peer, until `deadline`.
    /// not_found when the source has none; other errors name the source. No message holds a secret.
    virtual Result<Credentials> fetch(TimePoint now, Deadline deadline) = 0;

    /// A service has refused `credentials` as expired: they must not be given again where the
    /// source can bring others.
    virtual void forget(const Credentials& credentials) = 0;
};

/// A source that keeps nothing, so that there is nothing to forget.
class UncachedCredentials : public CredentialsProvider {
  public:
    void forget(const Credentials&) final {}
};

/// Keys that were found written down: in the environment, in a profile.
class FixedCredentials final : public UncachedCredentials {
  public:
    explicit FixedCredentials(Credentials credentials) : credentials_(std::move(credentials)) {}
    Result<Credentials> fetch(TimePoint, Deadline) override { return credentials_; }

  private:
    Credentials credentials_;
};

}  // namespace dsdash::aws
