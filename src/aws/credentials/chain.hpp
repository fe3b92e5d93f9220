#pragma once

#include <memory>
#include <string>

#include "aws/config_files.hpp"
#include "aws/credentials/provider.hpp"
#include "aws/credentials/sts_client.hpp"

namespace dsdash::aws {

/// Where credentials are looked for.
struct CredentialsSearch {
    std::string profile;
    /// The profile was asked for on the command line: the environment's keys do not count.
    bool ignores_environment_keys = false;
    /// The profile was asked for in whichever way: it must name a source.
    bool requires_profile = false;
    const ConfigFiles& files;
    const Environment& environment;
    StsEndpoint sts;
};

/// The first source that is configured, in the order of AWS's SDKs: the environment's keys, its web
/// identity token, the profile, the container's endpoint, the instance. It is not asked yet.
/// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
/// not_found when none is configured, saying where it looked; else errors of the one that is.
Result<std::unique_ptr<CredentialsProvider>> find_credentials(const CredentialsSearch& search);

}  // namespace dsdash::aws
