#pragma once

#include <memory>

#include "cli/client_options.hpp"
#include "services/dead_letters.hpp"

namespace dsdash::cli {

/// The dead letters of the account that `api` speaks for and `options` have named, in whichever
/// home it is. Lifetime: that of `api`.
std::unique_ptr<DeadLetters> dead_letters_of(const ClientOptions& options,
                                             const Environment& environment, AwsApi& api);

}  // namespace dsdash::cli
