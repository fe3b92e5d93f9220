#include "aws/credentials/cached_credentials.hpp"

namespace dsdash::aws {

bool CachedCredentials::is_valid(TimePoint now) const {
    return kept_ && (!kept_->expiration || now < *kept_->expiration);
}

bool CachedCredentials::is_fresh(TimePoint now) const {
    return is_valid(now) && (!kept_->expiration || now < *kept_->expiration - kRefreshAhead);
}

Result<Credentials> CachedCredentials::fetch(TimePoint now, Deadline deadline) {
    if (is_fresh(now) || (is_valid(now) && now < next_refresh_)) {
        return *kept_;
    }
    auto fetched = source_->fetch(now, deadline);
    if (fetched) {
        kept_ = *fetched;
        // A source may give credentials that end sooner than kRefreshAhead.
        next_refresh_ = now + kRefreshPause;
        return fetched;
    }
    if (is_valid(now)) {
        next_refresh_ = now + kRefreshPause;
        return *kept_;
    }
    return fetched;
}

void CachedCredentials::forget(const Credentials& credentials) {
    if (kept_ && kept_->session_token == credentials.session_token) {
        kept_.reset();
    }
    source_->forget(credentials);
}

}  // namespace dsdash::aws
