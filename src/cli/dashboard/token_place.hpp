#pragma once

#include <filesystem>

#include "cli/verb.hpp"

namespace dsdash::cli {

/// Whose tokens a verb is about: those of dsdash serve lie in its data folder, those of dsdash
/// dashboard in its cache.
struct TokenPlace {
    std::string data;
    std::string profile;
    std::string cache;
};

/// --data, --profile and --cache, one of them at most.
void add_token_place_options(CLI::App& command, TokenPlace& place);

/// The folder that the tokens lie in; without any option that of DSDASH_DATA. malformed_input when
/// nothing names one; with a profile else as connect() and cache_folder().
Result<std::filesystem::path> token_folder(const TokenPlace& place, const Session& session);

/// What somebody types to make a token that lies in `folder`, which `option` names.
[[nodiscard]] std::string token_create_command(std::string_view option,
                                               const std::filesystem::path& folder);

}  // namespace dsdash::cli
