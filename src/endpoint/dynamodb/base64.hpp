#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dsdash::endpoint::dynamodb {

/// The bytes that padded Base64 (RFC 4648, section 4) stands for; nothing when `text` is none.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace dsdash::endpoint::dynamodb
