#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace dsdash {

using Sha256 = std::array<unsigned char, 32>;

[[nodiscard]] Sha256 sha256(std::string_view text);
[[nodiscard]] Sha256 hmac_sha256(std::span<const unsigned char> key, std::string_view text);
/// Lower case, 64 characters.
[[nodiscard]] std::string to_hex(const Sha256& digest);

/// Takes the same time wherever they differ.
[[nodiscard]] bool equal_in_constant_time(const Sha256& one, const Sha256& other);

/// As AWS names a payload: to_hex(sha256(text)).
[[nodiscard]] inline std::string sha256_hex(std::string_view text) {
    return to_hex(sha256(text));
}

}  // namespace dsdash
