#pragma once

#include <memory>

#include "aws/credentials/provider.hpp"
#include "aws/environment.hpp"

namespace dsdash::aws {

/// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN; nullptr unless both keys are
/// set.
std::unique_ptr<CredentialsProvider> find_environment_credentials(const Environment& environment);

}  // namespace dsdash::aws
