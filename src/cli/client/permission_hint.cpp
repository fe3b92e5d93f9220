#include "cli/client/permission_hint.hpp"

#include <fmt/format.h>

namespace dsdash::cli {

namespace {

/// "dynamodb:Query" of "dynamodb:Query in account 111111111111", as policies spell it.
std::string permission_of(const std::string& where) {
    auto permission = where.substr(0, where.find(' '));
    // docs.aws.amazon.com/lambda/latest/dg/permissions-function-execution.html
    return permission == "lambda:Invoke" ? "lambda:InvokeFunction" : permission;
}

}  // namespace

Error with_permission_hint(Error error) {
    if (error.kind != ErrorKind::denied || !error.hint.empty()) {
        return error;
    }
    if (error.code.starts_with("ExpiredToken")) {
        error.hint = "the credentials have expired: sign in again";
    } else if (error.code.starts_with("AccessDenied") && !error.where.empty()) {
        error.hint = fmt::format("it needs the permission {}; docs/aws.md lists all that it needs",
                                 permission_of(error.where));
    }
    return error;
}

}  // namespace dsdash::cli
