#pragma once

#include <string>
#include <vector>

#include "aws/credentials.hpp"
#include "aws/sigv4.hpp"
#include "domain/account_id.hpp"
#include "domain/sha256.hpp"
#include "http/origin.hpp"

namespace dsdash::bench {

inline constexpr int kEventsPerBatch = 10;

/// Makes signed PutEvents requests of ten metric events each. All that is the same in every request
/// is made once; bodies, hashes and signatures are each request's own.
class SignedBatches {
  public:
    /// `event_bus`: the ARN of the bus to put to; empty: the account's own.
    SignedBatches(aws::Credentials credentials, Region region, const http::Origin& origin,
                  const std::string& event_bus);

    /// The next request as it goes over the wire. Every event has a date of its own, so none is
    /// taken for another one's duplicate. Lifetime: until the next call.
    const std::string& next(TimePoint now);

  private:
    void begin_second(TimePoint now);
    void fill_body();

    aws::Credentials credentials_;
    Region region_;
    std::string host_;
    std::int64_t batch_ = 0;
    TimePoint first_date_;

    std::string body_;
    struct EventPlaces {
        std::size_t metric;
        std::size_t project;
        std::size_t date;
    };
    std::vector<EventPlaces> places_;  ///< in body_

    std::string amz_date_;  ///< of what follows
    aws::CredentialScope scope_;
    Sha256 key_{};
    std::string canonical_;  ///< without the payload's hash
    std::string head_;       ///< without the signature
    std::string text_;
};

}  // namespace dsdash::bench
