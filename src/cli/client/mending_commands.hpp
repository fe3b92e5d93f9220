#pragma once

#include "cli/client/client_options.hpp"
#include "doctor/commands.hpp"

namespace dsdash::cli {

/// The commands that mend an account, as somebody would type them who has named it by `client`.
[[nodiscard]] doctor::Commands mending_commands(const ClientOptions& client,
                                                const Environment& environment);

}  // namespace dsdash::cli
