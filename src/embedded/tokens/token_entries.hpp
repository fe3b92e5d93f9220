#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/dashboard_tokens.hpp"

namespace dsdash::embedded {

/// A token as the file has it.
///
/// Only the SHA-256 of a token is kept. A plain digest does, and no slow one for passwords is
/// needed: a token is 256 random bits, so there is no list of likely ones to try.
struct TokenEntry {
    DashboardToken token;
    Sha256 digest;
};

/// The file's text.
[[nodiscard]] std::string write_token_entries(const std::vector<TokenEntry>& entries);
/// Reads that; empty text holds none. malformed_input for anything else: a file that is only half
/// understood must let nobody in.
Result<std::vector<TokenEntry>> read_token_entries(std::string_view text);

}  // namespace dsdash::embedded
