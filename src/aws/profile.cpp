#include "aws/profile.hpp"

#include <fmt/format.h>

#include <optional>

namespace dsdash::aws {

namespace {

std::string_view trim(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r";
    const auto begin = text.find_first_not_of(kBlank);
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

bool is_comment(std::string_view line) {
    return line.starts_with('#') || line.starts_with(';');
}

/// The profile that a section header names; nothing for a section of another kind.
std::optional<std::string> profile_of(std::string_view header, ProfileFile file) {
    auto name = trim(header);
    if (file == ProfileFile::config && name != "default") {
        constexpr std::string_view kProfile = "profile";
        if (!name.starts_with(kProfile) || name.size() == kProfile.size() ||
            (name[kProfile.size()] != ' ' && name[kProfile.size()] != '\t')) {
            return std::nullopt;
        }
        name = trim(name.substr(kProfile.size()));
    }
    if (name.size() >= 2 && name.starts_with('"') && name.ends_with('"')) {
        name = name.substr(1, name.size() - 2);
    }
    return std::string(name);
}

}  // namespace

Result<Profiles> parse_profiles(std::string_view text, ProfileFile file) {
    Profiles profiles;
    ProfileSettings other_section;
    ProfileSettings* settings = nullptr;  // of the section that is being read
    const auto malformed = [](std::size_t number, std::string_view what) {
        return fail(ErrorKind::malformed_input, fmt::format("line {}: {}", number, what));
    };
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto content = trim(line);
        if (content.empty() || is_comment(content)) {
            continue;
        }
        if (content.starts_with('[')) {
            const auto close = content.find(']');
            if (close == std::string_view::npos) {
                return malformed(number, "'[' without ']'");
            }
            const auto name = profile_of(content.substr(1, close - 1), file);
            settings = name ? &profiles[*name] : &other_section;
            continue;
        }
        if (line.starts_with(' ') || line.starts_with('\t')) {
            continue;  // belongs to the setting above
        }
        const auto equals = content.find('=');
        if (settings == nullptr || equals == std::string_view::npos) {
            return malformed(number, "expected a section or 'name = value'");
        }
        settings->insert_or_assign(std::string(trim(content.substr(0, equals))),
                                   std::string(trim(content.substr(equals + 1))));
    }
    return profiles;
}

}  // namespace dsdash::aws
