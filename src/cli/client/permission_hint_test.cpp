#include "cli/client/permission_hint.hpp"

#include <gtest/gtest.h>

namespace dsdash::cli {
namespace {

std::string hint_for(std::string code, std::string where) {
    return with_permission_hint({ErrorKind::denied, "no", std::move(code), std::move(where), {}})
        .hint;
}

TEST(PermissionHint, NamesThePermissionAsPoliciesSpellIt) {
    EXPECT_EQ(hint_for("AccessDeniedException", "dynamodb:Query in account 111111111111"),
              "it needs the permission dynamodb:Query; docs/aws.md lists all that it needs");
    EXPECT_NE(hint_for("AccessDeniedException", "lambda:Invoke in account 1")
                  .find("lambda:InvokeFunction;"),
              std::string::npos);
}

TEST(PermissionHint, TellsExpiredCredentialsFromMissingPermissions) {
    EXPECT_EQ(hint_for("ExpiredTokenException", "dynamodb:Query in account 1"),
              "the credentials have expired: sign in again");
}

TEST(PermissionHint, LeavesOtherErrorsAsTheyAre) {
    EXPECT_EQ(hint_for("InvalidSignatureException", "dynamodb:Query"), "");
    EXPECT_EQ(with_permission_hint({ErrorKind::not_found, "no", "AccessDenied", "a:B", {}}).hint,
              "");
    EXPECT_EQ(with_permission_hint({ErrorKind::denied, "no", "AccessDenied", "a:B", "so"}).hint,
              "so");
}

}  // namespace
}  // namespace dsdash::cli
