#include "endpoint/authentication.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>

#include <algorithm>

#include "aws/authorization.hpp"
#include "aws/sigv4.hpp"

namespace dsdash::endpoint {

namespace {

// https://docs.aws.amazon.com/IAM/latest/UserGuide/signing-elements.html, "Date"
constexpr std::chrono::minutes kSkewMax{15};

std::unexpected<Error> refuse(std::string_view code, std::string message) {
    return fail(ErrorKind::denied, std::move(message), std::string(code));
}

std::unexpected<Error> invalid_signature(std::string message) {
    return refuse("InvalidSignatureException", std::move(message));
}

std::unexpected<Error> incomplete(std::string message) {
    return refuse("IncompleteSignatureException", std::move(message));
}

Result<aws::Authorization> read_authorization(const http::Request& request) {
    if (request.query().contains("X-Amz-Signature") ||
        request.query().contains("X-Amz-Algorithm")) {
        return incomplete(
            "Signatures in the query string (presigned URLs) are not accepted here: sign with the "
            "Authorization header.");
    }
    const auto field = request.headers.find("Authorization");
    if (!field) {
        return refuse("MissingAuthenticationTokenException",
                      "Request is missing Authentication Token");
    }
    if (request.headers.count("Authorization") > 1) {
        return incomplete("There is more than one Authorization header.");
    }
    return aws::parse_authorization(*field);
}

struct SignedAt {
    std::string amz_date;
    TimePoint time;
};

Result<SignedAt> read_date(const http::Request& request) {
    const auto field = request.headers.find("X-Amz-Date");
    if (!field || request.headers.count("X-Amz-Date") > 1) {
        return incomplete("Authorization header requires existence of one 'X-Amz-Date' header.");
    }
    const auto time = parse_amz_date(*field);
    if (!time) {
        return incomplete("Date must be in ISO-8601 'basic format', such as 20150830T123600Z.");
    }
    return SignedAt{std::string(*field), *time};
}

Result<void> check_scope(const aws::CredentialScope& scope, std::string_view amz_date,
                         std::string_view service) {
    if (!amz_date.starts_with(scope.date + "T")) {
        return invalid_signature(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "
            "HTTP.");
    }
    if (scope.service != service) {
        return invalid_signature(
            fmt::format("Credential should be scoped to correct service: '{}'.", service));
    }
    return {};
}

Result<void> check_time(const SignedAt& signed_at, TimePoint now) {
    const auto limit = [&](TimePoint bound, std::string_view relation, char sign) {
        return fmt::format("{} is {} than {} ({} {} 15 min.)", signed_at.amz_date, relation,
                           format_amz_date(bound), format_amz_date(now), sign);
    };
    if (signed_at.time < now - kSkewMax) {
        return invalid_signature("Signature expired: " + limit(now - kSkewMax, "now earlier", '-'));
    }
    if (signed_at.time > now + kSkewMax) {
        return invalid_signature("Signature not yet current: " +
                                 limit(now + kSkewMax, "still later", '+'));
    }
    return {};
}

/// What decides about a request must be signed; else whoever carries it could change that.
Result<void> check_signed_headers(const http::Request& request,
                                  const std::vector<std::string>& signed_headers) {
    const auto require = [&](const std::string& name) -> Result<void> {
        if (!std::ranges::binary_search(signed_headers, name)) {
            return invalid_signature(
                fmt::format("'{}' must be a 'SignedHeader' in the AWS Authorization.", name));
        }
        return {};
    };
    if (auto host = require("host"); !host) {
        return host;
    }
    for (const auto& field : request.headers.fields()) {
        const auto name = http::lower_case(field.first);
        if (name.starts_with("x-amz-")) {
            if (auto amz = require(name); !amz) {
                return amz;
            }
        }
    }
    for (const auto& name : signed_headers) {
        if (!request.headers.find(name)) {
            return invalid_signature("SignedHeaders names a header that the request lacks.");
        }
    }
    return {};
}

Result<std::string> hash_payload(const http::Request& request) {
    auto hash = sha256_hex(request.body);
    const auto claimed = request.headers.find("X-Amz-Content-Sha256");
    if (claimed && *claimed != hash) {
        return invalid_signature(
            "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    return hash;
}

bool same_signature(std::string_view one, std::string_view other) {
    return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace

Authenticator::Authenticator(FindIdentity find, const Clock& clock)
    : find_(std::move(find)), clock_(clock) {}

Result<const embedded::AccountIdentity*> Authenticator::authenticate(const http::Request& request,
                                                                     std::string_view service) {
    const auto authorization = read_authorization(request);
    if (!authorization) {
        return std::unexpected(authorization.error());
    }
    const auto& [access_key_id, scope, signed_headers, signature] = *authorization;
    const auto signed_at = read_date(request);
    if (!signed_at) {
        return std::unexpected(signed_at.error());
    }
    if (auto checked = check_scope(scope, signed_at->amz_date, service); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    // No session tokens are issued here, so whatever comes is none of ours.
    const auto* identity =
        request.headers.find("X-Amz-Security-Token") ? nullptr : find_(access_key_id);
    if (identity == nullptr) {
        return refuse("UnrecognizedClientException",
                      "The security token included in the request is invalid.");
    }
    if (scope.region != identity->region.text()) {
        return invalid_signature(
            fmt::format("Credential should be scoped to a valid Region: this account is in '{}'.",
                        identity->region.text()));
    }
    if (auto checked = check_time(*signed_at, clock_.now()); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    if (auto checked = check_signed_headers(request, signed_headers); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    const auto payload_hash = hash_payload(request);
    if (!payload_hash) {
        return std::unexpected(payload_hash.error());
    }
    const auto canonical = aws::canonical_request(request, signed_headers, *payload_hash);
    const auto key = keys_.get(aws::SecretKey(identity->secret_access_key), scope);
    const auto expected =
        aws::calculate_signature(key, aws::string_to_sign(signed_at->amz_date, scope, canonical));
    if (!same_signature(expected, signature)) {
        return invalid_signature(
            "The request signature we calculated does not match the signature you provided. Check "
            "your AWS Secret Access Key and signing method. Consult the service documentation for "
            "details.");
    }
    return identity;
}

}  // namespace dsdash::endpoint
