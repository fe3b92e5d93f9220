#pragma once

#include <functional>
#include <string_view>

#include "aws/signing_key_cache.hpp"
#include "domain/result.hpp"
#include "embedded/accounts/account.hpp"
#include "http/message.hpp"
#include "services/clock.hpp"

namespace dsdash::endpoint {

/// Verifies Signature Version 4 as AWS's services do. Any thread may call it.
class Authenticator {
  public:
    /// The account that holds an access key; nullptr when there is none.
    using FindIdentity =
        std::function<const embedded::AccountIdentity*(std::string_view access_key_id)>;

    Authenticator(FindIdentity find, const Clock& clock);

    /// Whose credentials signed `request` for `service` (a signing name). An error is denied with
    /// AWS's code and words and repeats neither secrets nor what was signed.
    Result<const embedded::AccountIdentity*> authenticate(const http::Request& request,
                                                          std::string_view service);

  private:
    FindIdentity find_;
    const Clock& clock_;
    aws::SigningKeyCache keys_;
};

}  // namespace dsdash::endpoint
