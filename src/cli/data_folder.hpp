#pragma once

#include <string>

#include "cli/client/client_options.hpp"
#include "domain/result.hpp"

namespace dsdash::cli {

/// The folder that --data (`option`; may be empty) or else DSDASH_DATA names; malformed_input when
/// neither does.
Result<std::string> data_folder(const std::string& option, const Environment& environment);

}  // namespace dsdash::cli
