#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "aws/credentials.hpp"
#include "aws/signing_key_cache.hpp"
#include "domain/account_id.hpp"
#include "http/client.hpp"

namespace dsdash::aws {

/// Where STS is, and how it is reached.
struct StsEndpoint {
    std::string origin;
    Region region;
    http::ClientOptions transport;
};

/// The two operations of STS that give credentials. One attempt each: the call that needs the
/// credentials is what is retried.
class StsClient {
  public:
    using Parameters = std::vector<std::pair<std::string, std::string>>;

    explicit StsClient(StsEndpoint endpoint)
        : endpoint_(std::move(endpoint)), client_(endpoint_.transport) {}

    /// `signer`: who asks; nullptr for operations that take no signature.
    /// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    Result<Credentials> get_credentials(const std::string& operation, const Parameters& parameters,
                                        const Credentials* signer, TimePoint now,
                                        std::chrono::steady_clock::time_point deadline);

  private:
    StsEndpoint endpoint_;
    http::Client client_;
    SigningKeyCache keys_;
};

}  // namespace dsdash::aws
