#include "embedded/ledger/ledger_name.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace dsdash::embedded {

namespace {

constexpr std::size_t kNameBytesMax = 63;

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

Result<void> check_ledger_name(std::string_view field, std::string_view name) {
    const bool is_name =
        !name.empty() && name.size() <= kNameBytesMax && is_alphanumeric(name.front()) &&
        is_alphanumeric(name.back()) &&
        std::ranges::all_of(name, [](char c) { return is_alphanumeric(c) || c == '-'; });
    if (is_name) return {};
    return fail(ErrorKind::malformed_input,
                fmt::format("{} must be 1 to {} letters, digits and hyphens, and neither begin nor "
                            "end with a hyphen",
                            field, kNameBytesMax));
}

}  // namespace dsdash::embedded
