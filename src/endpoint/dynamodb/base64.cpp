#include "endpoint/dynamodb/base64.hpp"

#include <openssl/evp.h>

#include <limits>

namespace dsdash::endpoint::dynamodb {

std::optional<std::string> decode_base64(std::string_view text) {
    constexpr std::size_t kQuantum = 4;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    // OpenSSL passes over white space, and over padding in the middle.
    const bool has_others = text.substr(0, text.size() - padding).find_first_of("= \t\r\n\v\f") !=
                            std::string_view::npos;
    if (text.size() % kQuantum != 0 || has_others ||
        text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
        return std::nullopt;
    }
    std::string bytes(text.size() / kQuantum * 3, '\0');
    const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                     reinterpret_cast<const unsigned char*>(text.data()),
                                     static_cast<int>(text.size()));
    if (size != static_cast<int>(bytes.size())) return std::nullopt;
    // OpenSSL counts what the padding stands for.
    bytes.resize(static_cast<std::size_t>(size) - padding);
    return bytes;
}

}  // namespace dsdash::endpoint::dynamodb
