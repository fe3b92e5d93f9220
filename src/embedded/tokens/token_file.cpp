#include "embedded/tokens/token_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/utf8.hpp"
#include "embedded/storage/private_file.hpp"
#include "services/secret.hpp"

namespace dsdash::embedded {

namespace {

constexpr std::size_t kNameBytesMax = 64;
/// So that a person, or a program that looks for secrets in the wrong places, knows one.
constexpr std::string_view kPrefix = "dsdash_";

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

Result<void> check(const DashboardToken& token) {
    if (token.name.empty() || token.name.size() > kNameBytesMax ||
        !std::ranges::all_of(token.name, is_name_character)) {
        return fail(ErrorKind::malformed_input,
                    "a token's name must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -");
    }
    if (!token.projects) return {};
    if (token.projects->empty() || token.projects->size() > TokenFile::kProjectsMax) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("a token is limited to 1 to {} projects", TokenFile::kProjectsMax));
    }
    for (const auto& project : *token.projects) {
        if (project.empty() || project.size() > TokenFile::kProjectBytesMax ||
            replace_invalid_utf8(project) != project) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("a project's name must be 1 to {} bytes of UTF-8",
                                    TokenFile::kProjectBytesMax));
        }
    }
    return {};
}

}  // namespace

Result<std::vector<TokenEntry>> TokenFile::read() const {
    for (const auto& place : {path_.parent_path(), path_}) {
        if (auto safe = refuse_if_writable_by_all(place); !safe) {
            return std::unexpected(std::move(safe.error()));
        }
    }
    const auto text = read_file_if_there(path_);
    if (!text) return std::unexpected(text.error());
    auto entries = read_token_entries(*text);
    if (!entries) entries.error().message = path_.string() + ": " + entries.error().message;
    return entries;
}

Result<FileLock> TokenFile::lock() const {
    if (auto safe = refuse_if_writable_by_all(path_.parent_path()); !safe) {
        return std::unexpected(std::move(safe.error()));
    }
    return FileLock::wait_for(lock_path_);
}

Result<std::string> TokenFile::create(const DashboardToken& token) const {
    if (auto checked = check(token); !checked) return std::unexpected(checked.error());
    if (auto made = create_private_folder(path_.parent_path()); !made) {
        return std::unexpected(made.error());
    }
    const auto locked = lock();
    if (!locked) return std::unexpected(locked.error());
    auto entries = read();
    if (!entries) return std::unexpected(entries.error());
    if (std::ranges::any_of(*entries,
                            [&](const auto& entry) { return entry.token.name == token.name; })) {
        return fail(ErrorKind::conflict, "there is a token " + token.name + " already");
    }
    if (entries->size() >= kTokensMax) {
        return fail(ErrorKind::conflict, fmt::format("there are {} tokens already", kTokensMax));
    }
    auto secret = std::string(kPrefix) + new_secret();
    entries->push_back({token, sha256(secret)});
    if (auto written = write_private_file(path_, write_token_entries(*entries)); !written) {
        return std::unexpected(written.error());
    }
    return secret;
}

Result<void> TokenFile::revoke(std::string_view name) const {
    if (!std::filesystem::exists(path_)) return fail(ErrorKind::not_found, "there are no tokens");
    const auto locked = lock();
    if (!locked) return std::unexpected(locked.error());
    auto entries = read();
    if (!entries) return std::unexpected(entries.error());
    if (std::erase_if(*entries, [&](const auto& entry) { return entry.token.name == name; }) == 0) {
        return fail(ErrorKind::not_found, "there is no token of that name");
    }
    return write_private_file(path_, write_token_entries(*entries));
}

}  // namespace dsdash::embedded
