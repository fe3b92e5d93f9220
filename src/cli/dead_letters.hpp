#pragma once

#include <memory>

#include "services/aws_api.hpp"
#include "services/dead_letters.hpp"

namespace dsdash::cli {

/// The dead letters of the account that `api` speaks for, in whichever home it is: asks its
/// endpoint. Lifetime: that of `api`.
std::unique_ptr<DeadLetters> dead_letters_of(AwsApi& api);

}  // namespace dsdash::cli
