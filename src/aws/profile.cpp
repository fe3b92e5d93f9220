#include "aws/profile.hpp"

#include <fmt/format.h>

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

std::string unquote(std::string_view name) {
    if (name.size() >= 2 && name.starts_with('"') && name.ends_with('"')) {
        name = name.substr(1, name.size() - 2);
    }
    return std::string(name);
}

/// The NAME of a header "KIND NAME"; nothing for a header of another kind.
std::optional<std::string> name_behind(std::string_view kind, std::string_view header) {
    if (!header.starts_with(kind) || header.size() == kind.size() ||
        (header[kind.size()] != ' ' && header[kind.size()] != '\t')) {
        return std::nullopt;
    }
    return unquote(trim(header.substr(kind.size())));
}

class ConfigParser {
  public:
    explicit ConfigParser(ProfileFile file) : file_(file) {}

    /// False when the line is none of a file of this kind.
    bool read_line(std::string_view line) {
        const auto content = trim(line);
        if (content.empty() || is_comment(content)) {
            return true;
        }
        if (content.starts_with('[')) {
            return begin_section(content);
        }
        const auto equals = content.find('=');
        const bool nested = line.starts_with(' ') || line.starts_with('\t');
        if (nested && section_ != Section::none) {
            if (service_ != nullptr && equals != std::string_view::npos) {
                put(*service_, content, equals);
            }
            return true;
        }
        if (section_ == Section::none || equals == std::string_view::npos) {
            return false;
        }
        if (section_ == Section::services) {
            service_ = &(*services_)[std::string(trim(content.substr(0, equals)))];
        } else if (section_ == Section::profile) {
            put(*settings_, content, equals);
        }
        return true;
    }

    ParsedConfig take() { return std::move(parsed_); }

  private:
    enum class Section { none, profile, services, other };

    static void put(ProfileSettings& settings, std::string_view content, std::size_t equals) {
        settings.insert_or_assign(std::string(trim(content.substr(0, equals))),
                                  std::string(trim(content.substr(equals + 1))));
    }

    bool begin_section(std::string_view content) {
        const auto close = content.find(']');
        if (close == std::string_view::npos) {
            return false;
        }
        const auto header = trim(content.substr(1, close - 1));
        service_ = nullptr;
        section_ = Section::other;
        const bool bare = file_ == ProfileFile::credentials || header == "default";
        if (const auto name = bare ? unquote(header) : name_behind("profile", header)) {
            section_ = Section::profile;
            settings_ = &parsed_.profiles[*name];
        } else if (const auto services = name_behind("services", header)) {
            section_ = Section::services;
            services_ = &parsed_.services[*services];
        }
        return true;
    }

    ProfileFile file_;
    ParsedConfig parsed_;
    Section section_ = Section::none;
    ProfileSettings* settings_ = nullptr;  ///< of the profile that is being read
    std::map<std::string, ProfileSettings, std::less<>>* services_ = nullptr;
    ProfileSettings* service_ = nullptr;  ///< of the service that is being read
};

}  // namespace

Result<ParsedConfig> parse_config(std::string_view text, ProfileFile file) {
    ConfigParser parser(file);
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!parser.read_line(line)) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("line {}: expected [SECTION] or NAME = VALUE", number));
        }
    }
    return parser.take();
}

}  // namespace dsdash::aws
