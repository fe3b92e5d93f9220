#include "embedded/hub_tables/event_id_column.hpp"

#include <optional>

namespace dsdash::embedded {

namespace {

constexpr std::size_t kUuidCharacters = 36;
constexpr std::string_view kHexDigits = "0123456789abcdef";

bool has_dash_before(std::size_t byte) {
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

std::optional<std::array<std::byte, 16>> parse_uuid(std::string_view text) {
    if (text.size() != kUuidCharacters) return std::nullopt;
    std::array<std::byte, 16> bytes{};
    std::size_t at = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (has_dash_before(i) && text[at++] != '-') return std::nullopt;
        const auto high = kHexDigits.find(text[at++]);
        const auto low = kHexDigits.find(text[at++]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        bytes.at(i) = static_cast<std::byte>(high * 16 + low);
    }
    return bytes;
}

std::string format_uuid(std::string_view bytes) {
    std::string text;
    text.reserve(kUuidCharacters);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (has_dash_before(i)) text += '-';
        const auto byte = static_cast<unsigned char>(bytes[i]);
        text += kHexDigits[byte / 16];
        text += kHexDigits[byte % 16];
    }
    return text;
}

}  // namespace

EventIdColumn to_event_id_column(std::string_view event_id) {
    if (event_id.empty()) return nullptr;
    if (const auto uuid = parse_uuid(event_id)) return *uuid;
    return event_id;
}

std::string read_event_id(const Rows& rows, int column) {
    return rows.is_blob(column) ? format_uuid(rows.blob(column)) : std::string(rows.text(column));
}

}  // namespace dsdash::embedded
