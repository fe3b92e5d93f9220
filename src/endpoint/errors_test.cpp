#include "endpoint/errors.hpp"

#include <gtest/gtest.h>

namespace dsdash::endpoint {
namespace {

Error error(ErrorKind kind, std::string code = {}) {
    return {kind, "why", std::move(code), {}, {}};
}

TEST(Errors, GiveJsonServicesStatus400ForEveryFaultOfTheCaller) {
    for (const auto kind : {ErrorKind::malformed_input, ErrorKind::not_found, ErrorKind::conflict,
                            ErrorKind::denied, ErrorKind::throttled}) {
        EXPECT_EQ(to_wire_error(error(kind), Protocol::json).status, 400);
    }
    EXPECT_EQ(to_wire_error(error(ErrorKind::internal), Protocol::json).status, 500);
    EXPECT_EQ(to_wire_error(error(ErrorKind::unreachable), Protocol::json).status, 503);
}

TEST(Errors, GiveRestServicesAStatusOfTheirOwn) {
    EXPECT_EQ(to_wire_error(error(ErrorKind::not_found), Protocol::rest_json).status, 404);
    EXPECT_EQ(to_wire_error(error(ErrorKind::denied), Protocol::rest_json).status, 403);
    EXPECT_EQ(to_wire_error(error(ErrorKind::conflict), Protocol::rest_json).status, 409);
    EXPECT_EQ(to_wire_error(error(ErrorKind::throttled), Protocol::rest_json).status, 429);
}

TEST(Errors, HaveAStatusOfTheirOwnWhereTheCodeSaysSo) {
    const auto too_large = error(ErrorKind::malformed_input, "RequestTooLargeException");
    EXPECT_EQ(to_wire_error(too_large, Protocol::rest_json).status, 413);
    const auto entity = error(ErrorKind::malformed_input, "RequestEntityTooLarge");
    EXPECT_EQ(to_wire_error(entity, Protocol::json).status, 413);
}

TEST(Errors, TakeTheCodeThatTheErrorNames) {
    EXPECT_EQ(to_wire_error(error(ErrorKind::not_found, "ParameterNotFound"), Protocol::json).code,
              "ParameterNotFound");
    EXPECT_EQ(to_wire_error(error(ErrorKind::not_found), Protocol::json).code,
              "ResourceNotFoundException");
    EXPECT_EQ(to_wire_error(error(ErrorKind::malformed_input), Protocol::json).code,
              "ValidationException");
}

TEST(Errors, AreNamedInTheQueryServicesOwnWay) {
    const auto code = [](const std::string& name) {
        return to_wire_error(error(ErrorKind::denied, name), Protocol::query).code;
    };
    EXPECT_EQ(code("InvalidSignatureException"), "SignatureDoesNotMatch");
    EXPECT_EQ(code("UnrecognizedClientException"), "InvalidClientTokenId");
    EXPECT_EQ(code("MissingAuthenticationTokenException"), "MissingAuthenticationToken");
    EXPECT_EQ(code("IncompleteSignatureException"), "IncompleteSignature");
    EXPECT_EQ(code("AccessDeniedException"), "AccessDenied");
    EXPECT_EQ(to_wire_error(error(ErrorKind::denied), Protocol::query).status, 403);
}

}  // namespace
}  // namespace dsdash::endpoint
