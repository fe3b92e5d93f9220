#include "cli/terminal/printable.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace dsdash::cli {

namespace {

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

/// The second byte of U+0080-U+009F in UTF-8, whose first byte is 0xC2: terminals obey these too.
bool is_c1_control(std::string_view text, std::size_t i) {
    return i + 1 < text.size() && static_cast<unsigned char>(text[i]) == 0xc2 &&
           static_cast<unsigned char>(text[i + 1]) < 0xa0;
}

}  // namespace

std::string printable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') {
            out += "\\n";
        } else if (text[i] == '\t') {
            out += "\\t";
        } else if (is_control(text[i])) {
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[i]));
        } else if (is_c1_control(text, i)) {
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[++i]));
        } else {
            out += text[i];
        }
    }
    return out;
}

std::size_t display_width(std::string_view text) {
    const auto starts_character = [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0U) != 0x80;
    };
    return static_cast<std::size_t>(std::ranges::count_if(text, starts_character));
}

}  // namespace dsdash::cli
