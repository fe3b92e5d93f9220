#pragma once

#include <expected>
#include <string>

namespace dsdash {

/// What went wrong, as far as a caller may need to branch on it. The set is closed; the table of
/// which kinds are worth another try is is_retryable() below and nowhere else.
enum class ErrorKind {
    malformed_input,  ///< the request itself is wrong; sending it again cannot help
    not_found,
    conflict,  ///< something is there already, or changed meanwhile
    denied,    ///< not authenticated, or not permitted
    throttled,
    unreachable,  ///< a peer, or the disk, did not answer
    timed_out,
    internal,
};

struct Error {
    ErrorKind kind = ErrorKind::internal;
    std::string message;  ///< for a person; names the field and the limit
    std::string code;     ///< the AWS error code ("ParameterNotFound"); empty: the kind says it all
    std::string where;    ///< operation and resource; may be empty
    std::string hint;     ///< what a person can do about it; may be empty
};

template <class T>
using Result = std::expected<T, Error>;

[[nodiscard]] constexpr bool is_retryable(ErrorKind kind) {
    return kind == ErrorKind::throttled || kind == ErrorKind::unreachable ||
           kind == ErrorKind::timed_out || kind == ErrorKind::internal;
}

[[nodiscard]] inline std::unexpected<Error> fail(ErrorKind kind, std::string message,
                                                 std::string code = {}) {
    return std::unexpected(Error{kind, std::move(message), std::move(code), {}, {}});
}

}  // namespace dsdash
