#include "embedded/accounts/profile_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "embedded/storage/private_file.hpp"

namespace dsdash::embedded {

namespace {

Result<void> check_endpoint_url(std::string_view url) {
    const bool is_http = url.starts_with("http://") || url.starts_with("https://");
    // A line break would end the setting and start another one.
    const bool is_printable = std::ranges::all_of(url, [](char c) { return c > ' ' && c <= '~'; });
    if (!is_http || !is_printable) {
        return fail(ErrorKind::malformed_input,
                    "endpoint URL must start with http:// or https:// and hold no spaces");
    }
    return {};
}

/// `text` without the section of that header line, which ends where the next one starts.
std::string without_section(std::string_view text, std::string_view header) {
    std::string kept;
    bool skipping = false;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end);
        if (line.starts_with('[')) {
            skipping = line.substr(0, line.find_last_not_of(" \t\r\n") + 1) == header;
        }
        if (!skipping) kept += line;
    }
    return kept;
}

Result<void> put_section(const std::filesystem::path& file, const std::string& header,
                         const std::string& settings) {
    auto text = read_file_if_there(file);
    if (!text) return std::unexpected(text.error());
    std::string updated = without_section(*text, header);
    if (!updated.empty() && !updated.ends_with('\n')) updated += '\n';
    return write_private_file(file, updated + header + "\n" + settings);
}

}  // namespace

Result<void> write_profile(const std::filesystem::path& directory, const AccountIdentity& identity,
                           std::string_view endpoint_url) {
    if (auto checked = check_endpoint_url(endpoint_url); !checked) return checked;
    auto written = put_section(
        directory / "credentials", fmt::format("[{}]", identity.name),
        fmt::format("aws_access_key_id = {}\naws_secret_access_key = {}\naws_account_id = {}\n",
                    identity.access_key_id, identity.secret_access_key, identity.id.text()));
    if (!written) return written;
    // awscli wants the word "profile" in this file, but not before its default profile.
    const std::string header = identity.name == "default"
                                   ? std::string("[default]")
                                   : fmt::format("[profile {}]", identity.name);
    return put_section(
        directory / "config", header,
        // Without the last line awscli 2 takes a raw Lambda payload for base64 and refuses it.
        fmt::format("region = {}\nendpoint_url = {}\ncli_binary_format = raw-in-base64-out\n",
                    identity.region.text(), endpoint_url));
}

}  // namespace dsdash::embedded
