#pragma once

#include <map>
#include <mutex>
#include <string>

#include "aws/sigv4.hpp"

namespace dsdash::aws {

/// Signing keys by secret and scope: deriving one takes four times as long as using it. Any thread
/// may call it.
class SigningKeyCache {
  public:
    [[nodiscard]] Sha256 get(const SecretKey& secret, const CredentialScope& scope);

  private:
    /// A service, an account and a day each; begun anew when it is full.
    static constexpr std::size_t kKeysMax = 1024;

    std::mutex mutex_;
    std::map<std::string, Sha256, std::less<>> keys_;
};

}  // namespace dsdash::aws
