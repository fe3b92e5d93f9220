#include "domain/utf8.hpp"

namespace dsdash {

namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

unsigned char byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

bool is_continuation(unsigned char byte) {
    return (byte & 0xc0U) == 0x80;
}

/// The range that RFC 3629, section 4, leaves to the byte after `first`: no overlong forms, no
/// surrogates, nothing beyond U+10FFFF.
bool may_follow(unsigned char first, unsigned char second) {
    switch (first) {
        case 0xe0:
            return second >= 0xa0 && second <= 0xbf;
        case 0xed:
            return second >= 0x80 && second <= 0x9f;
        case 0xf0:
            return second >= 0x90 && second <= 0xbf;
        case 0xf4:
            return second >= 0x80 && second <= 0x8f;
        default:
            return is_continuation(second);
    }
}

std::size_t length_of(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return 2;
    if (first >= 0xe0 && first <= 0xef) return 3;
    if (first >= 0xf0 && first <= 0xf4) return 4;
    return 0;
}

/// How many bytes the well-formed character at the start of `text` has; 0 when none stands there.
std::size_t character_length(std::string_view text) {
    const auto length = length_of(byte_at(text, 0));
    if (length > text.size()) return 0;
    if (length >= 2 && !may_follow(byte_at(text, 0), byte_at(text, 1))) return 0;
    for (std::size_t at = 2; at < length; ++at) {
        if (!is_continuation(byte_at(text, at))) return 0;
    }
    return length;
}

}  // namespace

std::string replace_invalid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto length = character_length(text);
        out += length > 0 ? text.substr(0, length) : kReplacement;
        text.remove_prefix(length > 0 ? length : 1);
    }
    return out;
}

std::string_view clip_utf8(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    auto end = bytes_max;
    while (end > 0 && is_continuation(byte_at(text, end))) --end;
    return text.substr(0, end);
}

}  // namespace dsdash
