#include "domain/metadata_limits.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/json_text.hpp"

namespace dsdash {

namespace {

/// At most: how many digits a number has once its exponent is written out is not looked into.
std::size_t number_bytes_max(std::string_view text) {
    constexpr std::size_t kDigitsMax = 38;  // what DynamoDB's numbers hold
    constexpr std::size_t kLongestBytes = kDigitsMax / 2 + 3;
    const bool may_grow =
        text.size() > kDigitsMax || text.find_first_of("eE") != std::string_view::npos;
    return may_grow ? std::max(text.size(), kLongestBytes) : text.size() / 2 + 2;
}

/// What a value takes up (developer guide, "DynamoDB item sizes and formats"), or somewhat more.
std::size_t value_bytes_max(std::string_view value) {
    constexpr std::size_t kContainer = 3;
    const auto text = trim_json(value);
    std::string buffer;
    std::size_t bytes = kContainer;
    switch (text.empty() ? 'n' : text.front()) {
        case '{': {
            JsonMembers members(text);
            while (const auto member = members.next()) {
                bytes += 1 + view_json_string(member->key, buffer).size();
                bytes += value_bytes_max(member->value);
            }
            return bytes;
        }
        case '[': {
            JsonElements elements(text);
            while (const auto element = elements.next()) bytes += 1 + value_bytes_max(*element);
            return bytes;
        }
        case '"':
            return view_json_string(text, buffer).size();
        case 't':
        case 'f':
        case 'n':
            return 1;
        default:
            return number_bytes_max(text);
    }
}

}  // namespace

Result<void> check_metadata(std::string_view metadata) {
    // Each level takes two characters at least.
    if (metadata.size() <= 2 * kMetadataDepthMax) return {};
    if (!check_json(metadata, kMetadataDepthMax)) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("nested deeper than {} levels", kMetadataDepthMax));
    }
    if (value_bytes_max(metadata) > kMetadataBytesMax) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("larger than {} bytes", kMetadataBytesMax));
    }
    return {};
}

}  // namespace dsdash
