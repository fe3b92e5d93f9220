#pragma once

#include <filesystem>

#include "aws/environment.hpp"
#include "aws/profile.hpp"

namespace dsdash::aws {

/// What AWS's two files hold.
struct ConfigFiles {
    std::filesystem::path credentials_path;
    std::filesystem::path config_path;
    Profiles profiles;  ///< of both; where both have a setting, the credentials file's holds
    ServiceSections services;

    /// The setting of that profile; nothing when there is none or it is empty.
    [[nodiscard]] std::optional<std::string> setting(std::string_view profile,
                                                     std::string_view name) const;
};

/// Reads both; a path that is empty is the usual one, in the home folder or where
/// AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE say. A file that is not there holds nothing.
/// malformed_input naming file and line.
Result<ConfigFiles> read_config_files(const std::filesystem::path& credentials_path,
                                      const std::filesystem::path& config_path,
                                      const Environment& environment);

}  // namespace dsdash::aws
