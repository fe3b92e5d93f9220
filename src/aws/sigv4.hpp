#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "aws/credentials.hpp"
#include "domain/sha256.hpp"
#include "domain/utc_time.hpp"
#include "http/message.hpp"

/// Signature Version 4, one function for each step of
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// for the services that encode the path twice and hash the payload: all but S3.
namespace dsdash::aws {

class SigningKeyCache;

inline constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
inline constexpr std::string_view kScopeTerminator = "aws4_request";

/// What a signing key is good for.
struct CredentialScope {
    std::string date;  ///< "20150830"
    std::string region;
    std::string service;

    /// "20150830/us-east-1/service/aws4_request"
    [[nodiscard]] std::string text() const;
    bool operator==(const CredentialScope&) const = default;
};

/// Step 1: the parts of a canonical request. `path` and `query` as on the request line.
[[nodiscard]] std::string canonical_uri(std::string_view path);
[[nodiscard]] std::string canonical_query(std::string_view query);
/// One line for each of `names` (lower case, sorted); a field that is not there has an empty value.
[[nodiscard]] std::string canonical_headers(const http::Headers& headers,
                                            std::span<const std::string> names);
/// Step 1: all of it. `payload_hash` is sha256_hex() of the body (step 2).
[[nodiscard]] std::string canonical_request(const http::Request& request,
                                            std::span<const std::string> signed_headers,
                                            std::string_view payload_hash);

/// Step 3. `amz_date` is "20150830T123600Z", the value of X-Amz-Date.
[[nodiscard]] std::string string_to_sign(std::string_view amz_date, const CredentialScope& scope,
                                         std::string_view canonical_request);

/// Step 4.
[[nodiscard]] Sha256 derive_signing_key(const SecretKey& secret, const CredentialScope& scope);
[[nodiscard]] std::string calculate_signature(const Sha256& signing_key,
                                              std::string_view string_to_sign);

/// Steps 1-5 for a client: adds X-Amz-Date, X-Amz-Security-Token where there is one, and
/// Authorization to `request`, which must have its Host field. Signs Host, Content-Type and all
/// X-Amz-*.
void sign_request(http::Request& request, const Credentials& credentials, std::string_view region,
                  std::string_view service, TimePoint now, SigningKeyCache& keys);

}  // namespace dsdash::aws
