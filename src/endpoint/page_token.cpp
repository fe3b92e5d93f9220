#include "endpoint/page_token.hpp"

#include <openssl/sha.h>

#include <array>
#include <charconv>

namespace dsdash::endpoint {

namespace {

/// Tells a token of another list, or one cut short, from a good one. Not a secret: whoever makes
/// up a token gets a page of a list that is theirs to read.
constexpr std::size_t kChecksumBytes = 6;

std::string checksum(std::string_view scope, std::string_view position) {
    std::string text(scope);
    text += '\0';
    text += position;
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    return {digest.begin(), digest.begin() + kChecksumBytes};
}

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += kDigits[byte / 16];
        text += kDigits[byte % 16];
    }
    return text;
}

/// What is no hexadecimal text comes back cut short, and so fails the checksum.
std::string from_hex(std::string_view text) {
    std::string bytes;
    for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
        unsigned char byte = 0;
        const char* end = text.data() + at + 2;
        if (std::from_chars(text.data() + at, end, byte, 16).ptr != end) break;
        bytes += static_cast<char>(byte);
    }
    return bytes;
}

}  // namespace

std::string make_page_token(std::string_view scope, std::string_view position) {
    return to_hex(checksum(scope, position) + std::string(position));
}

Result<std::string> read_page_token(std::string_view scope, std::string_view token) {
    const std::string bytes = from_hex(token);
    if (bytes.size() > kChecksumBytes) {
        std::string position = bytes.substr(kChecksumBytes);
        if (make_page_token(scope, position) == token) return position;
    }
    return fail(ErrorKind::malformed_input, "NextToken is not one that this list gave");
}

}  // namespace dsdash::endpoint
