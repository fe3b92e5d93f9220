#pragma once

#include <memory>
#include <string>

#include "aws/config_files.hpp"
#include "aws/credentials/provider.hpp"
#include "aws/credentials/sts_client.hpp"

namespace dsdash::aws {

/// The source that a profile names: role_arn with source_profile, credential_source or
/// web_identity_token_file; its own keys; credential_process. nullptr when it names none.
/// malformed_input for a chain of profiles without end, and for what is not offered here (MFA,
/// SSO), with a hint what to do instead. `files` and `environment` are read now, not later.
Result<std::unique_ptr<CredentialsProvider>> make_profile_credentials(
    const std::string& profile, const ConfigFiles& files, const Environment& environment,
    const StsEndpoint& sts);

}  // namespace dsdash::aws
