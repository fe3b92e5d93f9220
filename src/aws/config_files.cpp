#include "aws/config_files.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

namespace dsdash::aws {

namespace {

Result<ParsedConfig> read_file(const std::filesystem::path& path, ProfileFile kind) {
    std::ifstream file(path);
    if (!file) {
        return ParsedConfig{};
    }
    std::ostringstream content;
    content << file.rdbuf();
    auto parsed = parse_config(content.view(), kind);
    if (!parsed) {
        parsed.error().message = fmt::format("{}: {}", path.string(), parsed.error().message);
    }
    return parsed;
}

}  // namespace

std::optional<std::string> ConfigFiles::setting(std::string_view profile,
                                                std::string_view name) const {
    const auto settings = profiles.find(profile);
    if (settings == profiles.end()) {
        return std::nullopt;
    }
    const auto found = settings->second.find(name);
    return found == settings->second.end() || found->second.empty() ? std::nullopt
                                                                    : std::optional(found->second);
}

Result<ConfigFiles> read_config_files(const std::filesystem::path& credentials_path,
                                      const std::filesystem::path& config_path,
                                      const Environment& environment) {
    const auto folder = std::filesystem::path(environment("HOME").value_or("~")) / ".aws";
    const auto choose = [&](const std::filesystem::path& given, const std::string& variable,
                            std::string_view usual) {
        return given.empty() ? std::filesystem::path(
                                   environment(variable).value_or((folder / usual).string()))
                             : given;
    };
    ConfigFiles files;
    files.credentials_path = choose(credentials_path, "AWS_SHARED_CREDENTIALS_FILE", "credentials");
    files.config_path = choose(config_path, "AWS_CONFIG_FILE", "config");
    auto credentials = read_file(files.credentials_path, ProfileFile::credentials);
    if (!credentials) {
        return std::unexpected(std::move(credentials.error()));
    }
    auto config = read_file(files.config_path, ProfileFile::config);
    if (!config) {
        return std::unexpected(std::move(config.error()));
    }
    files.profiles = std::move(credentials->profiles);
    for (auto& [name, settings] : config->profiles) {
        files.profiles[name].merge(settings);
    }
    files.services = std::move(config->services);
    return files;
}

}  // namespace dsdash::aws
