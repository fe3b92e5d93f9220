#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dsdash {

/// `text` with each byte that belongs to no well-formed UTF-8 character (RFC 3629) replaced by
/// U+FFFD: for what other programs wrote and JSON is to carry.
[[nodiscard]] std::string replace_invalid_utf8(std::string_view text);

/// The longest start of `text` (UTF-8) of at most `bytes_max` bytes that cuts no character.
[[nodiscard]] std::string_view clip_utf8(std::string_view text, std::size_t bytes_max);

}  // namespace dsdash
