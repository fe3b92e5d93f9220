#pragma once

#include <string>

#include "domain/result.hpp"

namespace dsdash::endpoint {

/// How a service speaks on the wire.
enum class Protocol {
    json,       ///< X-Amz-Target names the operation; the body is JSON
    rest_json,  ///< method and path name it (Lambda)
    query,      ///< a form names it, the answer is XML (STS)
};

/// An error as AWS's services answer it.
struct WireError {
    int status;
    std::string code;
    std::string message;
};

/// The one place where an Error takes AWS's shape. error.code wins over what the kind would give.
[[nodiscard]] WireError to_wire_error(const Error& error, Protocol protocol);

}  // namespace dsdash::endpoint
