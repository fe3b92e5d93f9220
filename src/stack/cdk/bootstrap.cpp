#include "stack/cdk/bootstrap.hpp"

#include <fmt/format.h>

namespace dsdash::cdk {

std::string asset_bucket(const Bootstrap& bootstrap) {
    return fmt::format("cdk-{}-assets-${{AWS::AccountId}}-${{AWS::Region}}", bootstrap.qualifier);
}

std::string bootstrap_role_arn(const Bootstrap& bootstrap, std::string_view role) {
    return fmt::format(
        "arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role/"
        "cdk-{}-{}-${{AWS::AccountId}}-${{AWS::Region}}",
        bootstrap.qualifier, role);
}

}  // namespace dsdash::cdk
