#pragma once

#include <map>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace dsdash::aws {

using ProfileSettings = std::map<std::string, std::string, std::less<>>;
using Profiles = std::map<std::string, ProfileSettings, std::less<>>;

/// In the config file a profile's section is [profile NAME], but [default]; in the credentials file
/// it is [NAME].
enum class ProfileFile { credentials, config };

/// Reads one of AWS's two files:
/// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html. Sections that are no profile
/// ([services …], [sso-session …]) and nested settings are passed over. malformed_input with the
/// line's number, but without the line: it may hold a secret.
Result<Profiles> parse_profiles(std::string_view text, ProfileFile file);

}  // namespace dsdash::aws
