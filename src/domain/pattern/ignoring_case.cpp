#include "domain/pattern/ignoring_case.hpp"

#include <cstdint>
#include <ranges>

#include "domain/pattern/case_table.hpp"

namespace dsdash::pattern {

namespace {

enum class Case { lower, upper };

std::size_t sequence_length(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/// The code point of `sequence`, two or three bytes long.
std::int32_t decode(std::string_view sequence) {
    std::int32_t code =
        static_cast<unsigned char>(sequence[0]) & (sequence.size() == 2 ? 0x1F : 0x0F);
    for (const char byte : sequence.substr(1)) {
        code = code << 6 | (static_cast<unsigned char>(byte) & 0x3F);
    }
    return code;
}

/// The UTF-8 sequence of `code`, from U+0000 to U+FFFF.
std::string encode(std::int32_t code) {
    const auto tail = [](std::int32_t bits) { return static_cast<char>(0x80 | (bits & 0x3F)); };
    if (code < 0x80) {
        return {static_cast<char>(code)};
    }
    if (code < 0x800) {
        return {static_cast<char>(0xC0 | code >> 6), tail(code)};
    }
    return {static_cast<char>(0xE0 | code >> 12), tail(code >> 6), tail(code)};
}

std::string map_ascii(char c, Case to) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_lower = c >= 'a' && c <= 'z';
    const bool changes = to == Case::lower ? is_upper : is_lower;
    return {static_cast<char>(changes ? c ^ 0x20 : c)};
}

/// `character`, one UTF-8 sequence, in the case `to`; itself where it has no other.
std::string map_case(std::string_view character, Case to) {
    if (character.size() == 1) {
        return map_ascii(character.front(), to);
    }
    if (character.size() > 3) {
        return std::string(character);
    }
    const auto code = decode(character);
    for (const auto& special : special_cases()) {
        if (special.character == code) {
            return std::string(to == Case::lower ? special.lower : special.upper);
        }
    }
    for (const auto& range : case_ranges()) {
        if (range.first <= code && code <= range.last && (code - range.first) % range.step == 0) {
            return encode(code + (to == Case::lower ? range.to_lower : range.to_upper));
        }
    }
    return std::string(character);
}

}  // namespace

IgnoringCase::IgnoringCase(std::string_view wanted) {
    while (!wanted.empty()) {
        const auto character = wanted.substr(0, sequence_length(wanted.front()));
        letters_.push_back({map_case(character, Case::lower), map_case(character, Case::upper)});
        wanted.remove_prefix(character.size());
    }
}

bool IgnoringCase::take_from_start(std::string_view& text) const {
    for (const auto& letter : letters_) {
        if (text.starts_with(letter.lower)) {
            text.remove_prefix(letter.lower.size());
        } else if (text.starts_with(letter.upper)) {
            text.remove_prefix(letter.upper.size());
        } else {
            return false;
        }
    }
    return true;
}

bool IgnoringCase::equals(std::string_view text) const {
    return take_from_start(text) && text.empty();
}

bool IgnoringCase::starts(std::string_view text) const {
    return take_from_start(text);
}

bool IgnoringCase::ends(std::string_view text) const {
    for (const auto& letter : letters_ | std::views::reverse) {
        if (text.ends_with(letter.lower)) {
            text.remove_suffix(letter.lower.size());
        } else if (text.ends_with(letter.upper)) {
            text.remove_suffix(letter.upper.size());
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace dsdash::pattern
