#pragma once

#include <string>
#include <string_view>

namespace dsdash::cdk {

/// How the account was made ready for the CDK, and whose rights a deployment uses.
/// docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
struct Bootstrap {
    std::string qualifier = "hnb659fds";  ///< in the names of what `cdk bootstrap` made
    /// Through the roles that `cdk bootstrap` made; otherwise with the caller's own rights, and
    /// then the bucket for assets is all that has to be there.
    bool uses_roles = false;
};

// ${…} in these is filled in by whoever reads them: the CDK CLI, or CloudFormation in a template.

/// The bucket that assets are put into.
[[nodiscard]] std::string asset_bucket(const Bootstrap& bootstrap);
/// The ARN of "deploy-role", "cfn-exec-role" or "file-publishing-role".
[[nodiscard]] std::string bootstrap_role_arn(const Bootstrap& bootstrap, std::string_view role);

}  // namespace dsdash::cdk
