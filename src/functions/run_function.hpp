#pragma once

#include <string>
#include <string_view>

#include "functions/services.hpp"

namespace dsdash::functions {

/// Lambda's limit for the payload of a synchronous invocation, in and out
/// (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
inline constexpr std::size_t kPayloadBytesMax = 6 * 1024 * 1024;

/// Whether run_function() knows `handler`.
[[nodiscard]] bool has_function(std::string_view handler);

/// Runs the function that `handler` names ("connection", "extraction", "archive", "refresh") once.
/// `payload` is JSON text of an object, or empty, which means {}; so is the answer. not_found for
/// another handler; malformed_input for a payload that is no object or is too large.
Result<std::string> run_function(std::string_view handler, std::string_view payload,
                                 Services& services);

}  // namespace dsdash::functions
