#include "endpoint/errors.hpp"

#include <algorithm>
#include <array>

namespace dsdash::endpoint {

namespace {

struct Shape {
    ErrorKind kind;
    std::string_view code;
    int json_status;  ///< JSON services answer every fault of the caller with 400
    int rest_status;
    int query_status;
};

constexpr std::array kShapes = {
    Shape{ErrorKind::malformed_input, "ValidationException", 400, 400, 400},
    Shape{ErrorKind::not_found, "ResourceNotFoundException", 400, 404, 400},
    Shape{ErrorKind::conflict, "ResourceConflictException", 400, 409, 400},
    Shape{ErrorKind::denied, "AccessDeniedException", 400, 403, 403},
    Shape{ErrorKind::throttled, "ThrottlingException", 400, 429, 400},
    Shape{ErrorKind::unreachable, "ServiceUnavailable", 503, 503, 503},
    Shape{ErrorKind::timed_out, "ServiceUnavailable", 503, 503, 503},
    Shape{ErrorKind::internal, "InternalFailure", 500, 500, 500},
};

/// Codes that have a status of their own, whatever the kind.
struct CodeStatus {
    std::string_view code;
    int status;
};

constexpr std::array kStatuses = {
    CodeStatus{"RequestEntityTooLarge", 413},
    CodeStatus{"RequestTooLargeException", 413},  // API reference, Invoke
};

/// What the query services (STS) call the errors that the others name after their exceptions.
struct QueryName {
    std::string_view code;
    std::string_view query_code;
};

constexpr std::array kCommonErrors = {
    QueryName{"IncompleteSignatureException", "IncompleteSignature"},
    QueryName{"InvalidSignatureException", "SignatureDoesNotMatch"},
    QueryName{"MissingAuthenticationTokenException", "MissingAuthenticationToken"},
    QueryName{"SerializationException", "MalformedQueryString"},
    QueryName{"UnknownOperationException", "InvalidAction"},
    QueryName{"UnrecognizedClientException", "InvalidClientTokenId"},
};

const QueryName* find_common(std::string_view code) {
    const auto found = std::ranges::find(kCommonErrors, code, &QueryName::code);
    return found == kCommonErrors.end() ? nullptr : &*found;
}

std::string query_code(std::string_view code) {
    if (const auto* common = find_common(code)) {
        return std::string(common->query_code);
    }
    constexpr std::string_view kSuffix = "Exception";
    return std::string(code.ends_with(kSuffix) ? code.substr(0, code.size() - kSuffix.size())
                                               : code);
}

}  // namespace

WireError to_wire_error(const Error& error, Protocol protocol) {
    const auto& shape = *std::ranges::find(kShapes, error.kind, &Shape::kind);
    const std::string code = error.code.empty() ? std::string(shape.code) : error.code;
    const auto* const own = std::ranges::find(kStatuses, code, &CodeStatus::code);
    const auto status = [&](int usual) { return own == kStatuses.end() ? usual : own->status; };
    switch (protocol) {
        case Protocol::json:
            return {status(shape.json_status), code, error.message};
        case Protocol::rest_json:
            return {status(shape.rest_status), code, error.message};
        case Protocol::query:
            break;
    }
    return {status(shape.query_status), query_code(code), error.message};
}

}  // namespace dsdash::endpoint
