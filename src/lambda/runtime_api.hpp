#pragma once

#include <string>
#include <string_view>

#include "domain/utc_time.hpp"
#include "http/client.hpp"

namespace dsdash::lambda {

/// One event that the function is to handle.
struct Invocation {
    std::string request_id;
    TimePoint deadline;        ///< when Lambda stops the function
    std::string function_arn;  ///< as it was invoked, with version or alias where there was one
    std::string trace_id;      ///< X-Ray's; may be empty
    std::string payload;       ///< JSON text
};

/// Lambda's side of a custom runtime:
/// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html. After an error of these calls
/// the process is of no use any more: it ends, and Lambda starts another.
class RuntimeApi {
  public:
    /// `address`: AWS_LAMBDA_RUNTIME_API, "127.0.0.1:9001".
    explicit RuntimeApi(std::string_view address);

    /// Waits for the next invocation, however long that takes; the process may be frozen meanwhile.
    Result<Invocation> next();
    /// The function's answer, JSON text. One that Lambda finds too large becomes an error of the
    /// function.
    Result<void> respond(const Invocation& invocation, std::string answer);
    /// The function failed; whoever invoked it gets errorType and errorMessage.
    Result<void> report_error(const Invocation& invocation, const Error& error);
    /// The function cannot even begin.
    Result<void> report_init_error(const Error& error);

  private:
    Result<http::Response> send(http::Request request);
    Result<void> post_error(const std::string& target, const Error& error);

    std::string origin_;
    http::Client client_;
};

/// How Lambda names what went wrong: the error's own code if a header takes it, else one for its
/// kind.
[[nodiscard]] std::string_view error_type(const Error& error);

}  // namespace dsdash::lambda
