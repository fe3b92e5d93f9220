#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace dsdash::aws {

using ProfileSettings = std::map<std::string, std::string, std::less<>>;
using Profiles = std::map<std::string, ProfileSettings, std::less<>>;
/// [services NAME]: for each service ("dynamodb", "eventbridge") its nested settings.
using ServiceSections =
    std::map<std::string, std::map<std::string, ProfileSettings, std::less<>>, std::less<>>;

struct ParsedConfig {
    Profiles profiles;
    ServiceSections services;
};

/// In the config file a profile's section is [profile NAME], but [default]; in the credentials file
/// it is [NAME].
enum class ProfileFile { credentials, config };

/// Reads one of AWS's two files:
/// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html. Sections of other kinds
/// ([sso-session …]) and settings nested in a profile's are passed over. malformed_input with the
/// line's number, but without the line: it may hold a secret.
Result<ParsedConfig> parse_config(std::string_view text, ProfileFile file);

}  // namespace dsdash::aws
