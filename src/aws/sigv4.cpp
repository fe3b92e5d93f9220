#include "aws/sigv4.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "aws/authorization.hpp"
#include "aws/signing_key_cache.hpp"

namespace dsdash::aws {

namespace {

bool is_unreserved(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~';
}

/// "UriEncode" of the page: every byte but the unreserved ones becomes %XX, upper case.
void append_uri_encoded(std::string& out, std::string_view text) {
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    for (const char c : text) {
        if (is_unreserved(c)) {
            out.push_back(c);
        } else {
            const unsigned byte = static_cast<unsigned char>(c);
            out.append({'%', kDigits[byte >> 4U], kDigits[byte & 15U]});
        }
    }
}

std::optional<unsigned> hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return static_cast<unsigned>(c - '0');
    }
    const char lower = static_cast<char>(c | 0x20);
    if (lower >= 'a' && lower <= 'f') {
        return static_cast<unsigned>(lower - 'a') + 10;
    }
    return std::nullopt;
}

/// Undoes %XX; a percent sign that begins no such thing stays itself.
std::string decode_percent(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            const auto high = hex_digit(text[i + 1]);
            const auto low = hex_digit(text[i + 2]);
            if (high && low) {
                decoded.push_back(static_cast<char>(*high << 4U | *low));
                i += 2;
                continue;
            }
        }
        decoded.push_back(text[i]);
    }
    return decoded;
}

/// Without white space at the ends, and with single spaces inside.
void append_trimmed(std::string& out, std::string_view value) {
    bool gap = false;
    bool begun = false;
    for (const char c : value) {
        if (c == ' ' || c == '\t') {
            gap = true;
            continue;
        }
        if (gap && begun) {
            out.push_back(' ');
        }
        gap = false;
        begun = true;
        out.push_back(c);
    }
}

std::string join(std::span<const std::string> names) {
    return fmt::format("{}", fmt::join(names, ";"));
}

std::vector<std::string> headers_to_sign(const http::Headers& headers) {
    std::vector<std::string> names;
    for (const auto& field : headers.fields()) {
        auto name = http::lower_case(field.first);
        if (name == "host" || name == "content-type" || name.starts_with("x-amz-")) {
            names.push_back(std::move(name));
        }
    }
    std::ranges::sort(names);
    const auto repeated = std::ranges::unique(names);
    names.erase(repeated.begin(), repeated.end());
    return names;
}

}  // namespace

std::string CredentialScope::text() const {
    return fmt::format("{}/{}/{}/{}", date, region, service, kScopeTerminator);
}

// "CanonicalUri": normalized as RFC 3986 section 6 says, then encoded, although it comes encoded.
std::string canonical_uri(std::string_view path) {
    std::vector<std::string_view> segments;
    for (std::size_t begin = 0; begin < path.size();) {
        const auto end = std::min(path.find('/', begin), path.size());
        const auto segment = path.substr(begin, end - begin);
        if (segment == "..") {
            if (!segments.empty()) {
                segments.pop_back();
            }
        } else if (!segment.empty() && segment != ".") {
            segments.push_back(segment);
        }
        begin = end + 1;
    }
    std::string uri;
    for (const auto segment : segments) {
        uri.push_back('/');
        append_uri_encoded(uri, segment);
    }
    if (uri.empty() || path.ends_with('/')) {
        uri.push_back('/');
    }
    return uri;
}

// "CanonicalQueryString": names and values encoded, sorted by name and then value, in bytes.
std::string canonical_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> parameters;
    for (std::size_t begin = 0; begin < query.size();) {
        const auto end = std::min(query.find('&', begin), query.size());
        const auto parameter = query.substr(begin, end - begin);
        begin = end + 1;
        if (parameter.empty()) {
            continue;
        }
        const auto equals = std::min(parameter.find('='), parameter.size());
        auto& [name, value] = parameters.emplace_back();
        append_uri_encoded(name, decode_percent(parameter.substr(0, equals)));
        if (equals < parameter.size()) {
            append_uri_encoded(value, decode_percent(parameter.substr(equals + 1)));
        }
    }
    std::ranges::sort(parameters);
    std::string canonical;
    for (const auto& [name, value] : parameters) {
        canonical.append(canonical.empty() ? "" : "&").append(name).append("=").append(value);
    }
    return canonical;
}

// "CanonicalHeaders": lower case name, trimmed value; values of one name joined by commas.
std::string canonical_headers(const http::Headers& headers, std::span<const std::string> names) {
    std::string canonical;
    for (const auto& name : names) {
        canonical.append(name).push_back(':');
        bool first = true;
        for (const auto& [field, value] : headers.fields()) {
            if (http::equals_ignoring_case(field, name)) {
                canonical.append(first ? "" : ",");
                append_trimmed(canonical, value);
                first = false;
            }
        }
        canonical.push_back('\n');
    }
    return canonical;
}

std::string canonical_request(const http::Request& request,
                              std::span<const std::string> signed_headers,
                              std::string_view payload_hash) {
    return fmt::format("{}\n{}\n{}\n{}\n{}\n{}", request.method, canonical_uri(request.path()),
                       canonical_query(request.query()),
                       canonical_headers(request.headers, signed_headers), join(signed_headers),
                       payload_hash);
}

std::string string_to_sign(std::string_view amz_date, const CredentialScope& scope,
                           std::string_view canonical_request) {
    return fmt::format("{}\n{}\n{}\n{}", kAlgorithm, amz_date, scope.text(),
                       sha256_hex(canonical_request));
}

Sha256 derive_signing_key(const SecretKey& secret, const CredentialScope& scope) {
    const auto seed = "AWS4" + secret.text();
    const std::vector<unsigned char> first(seed.begin(), seed.end());
    const auto date_key = hmac_sha256(first, scope.date);
    const auto region_key = hmac_sha256(date_key, scope.region);
    const auto service_key = hmac_sha256(region_key, scope.service);
    return hmac_sha256(service_key, kScopeTerminator);
}

std::string calculate_signature(const Sha256& signing_key, std::string_view string_to_sign) {
    return to_hex(hmac_sha256(signing_key, string_to_sign));
}

void sign_request(http::Request& request, const Credentials& credentials, std::string_view region,
                  std::string_view service, TimePoint now, SigningKeyCache& keys) {
    const auto amz_date = format_amz_date(now);
    request.headers.add("X-Amz-Date", amz_date);
    if (!credentials.session_token.empty()) {
        request.headers.add("X-Amz-Security-Token", credentials.session_token);
    }
    constexpr std::size_t kDateLength = 8;
    Authorization authorization;
    authorization.access_key_id = credentials.access_key_id;
    authorization.scope = {amz_date.substr(0, kDateLength), std::string(region),
                           std::string(service)};
    authorization.signed_headers = headers_to_sign(request.headers);
    const auto canonical =
        canonical_request(request, authorization.signed_headers, sha256_hex(request.body));
    authorization.signature =
        calculate_signature(keys.get(credentials.secret_access_key, authorization.scope),
                            string_to_sign(amz_date, authorization.scope, canonical));
    request.headers.add("Authorization", format_authorization(authorization));
}

}  // namespace dsdash::aws
