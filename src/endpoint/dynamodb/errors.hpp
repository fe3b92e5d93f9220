#pragma once

#include <string>

#include "domain/result.hpp"

/// DynamoDB's errors, in its own words.
namespace dsdash::endpoint::dynamodb {

[[nodiscard]] inline std::unexpected<Error> invalid(std::string message) {
    return fail(ErrorKind::malformed_input, std::move(message), "ValidationException");
}
/// JSON of another shape than the request has.
[[nodiscard]] inline std::unexpected<Error> unserializable(std::string message) {
    return fail(ErrorKind::malformed_input, std::move(message), "SerializationException");
}
[[nodiscard]] inline std::unexpected<Error> no_such_table() {
    return fail(ErrorKind::not_found, "Requested resource not found", "ResourceNotFoundException");
}

}  // namespace dsdash::endpoint::dynamodb
