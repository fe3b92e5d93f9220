#include "aws/signing_key_cache.hpp"

namespace dsdash::aws {

Sha256 SigningKeyCache::get(const SecretKey& secret, const CredentialScope& scope) {
    const auto name = secret.text() + '/' + scope.text();
    {
        const std::scoped_lock lock(mutex_);
        const auto found = keys_.find(name);
        if (found != keys_.end()) {
            return found->second;
        }
    }
    const auto key = derive_signing_key(secret, scope);
    const std::scoped_lock lock(mutex_);
    if (keys_.size() >= kKeysMax) {
        keys_.clear();
    }
    keys_.insert_or_assign(name, key);
    return key;
}

}  // namespace dsdash::aws
