// Lambda's bootstrap: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html
#include <nss.h>
#include <openssl/crypto.h>
#include <unistd.h>

#include <iostream>

#include "lambda/function_host.hpp"
#include "lambda/invocation_loop.hpp"

namespace {

using namespace dsdash;

functions::Environment read_variables() {
    functions::Environment variables;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const auto equals = text.find('=');
        if (equals != std::string_view::npos) {
            variables.emplace(text.substr(0, equals), text.substr(equals + 1));
        }
    }
    return variables;
}

int run(const std::string& address, const functions::Environment& variables) {
    const auto variable = [&](const std::string& name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::string() : found->second;
    };
    const SystemClock clock;
    lambda::FunctionLog log(std::cout, clock,
                            lambda::parse_log_level(variable("AWS_LAMBDA_LOG_LEVEL")),
                            variable("AWS_LAMBDA_FUNCTION_NAME"));
    lambda::RuntimeApi runtime(address);
    auto host = lambda::FunctionHost::create(variables, clock);
    if (!host) {
        log.write(lambda::LogLevel::fatal, "the function cannot begin",
                  {{"errorType", lambda::error_type(host.error())},
                   {"errorMessage", host.error().message}});
        // It ends in any case; Lambda says so if it did not hear why.
        if (const auto told = runtime.report_init_error(host.error()); !told) {
            log.write(lambda::LogLevel::fatal, told.error().message);
        }
        return 1;
    }
    // A static binary gets OpenSSL's mends only when it is built anew: whose it has must be seen.
    log.write(lambda::LogLevel::info, "the function is ready",
              {{"handler", variable("_HANDLER")},
               {"version", DSDASH_VERSION},
               {"openssl", OpenSSL_version(OPENSSL_VERSION)}});
    const auto error = lambda::serve_invocations(
        runtime, [&](const lambda::Invocation& invocation) { return (*host)->handle(invocation); },
        log, clock);
    log.write(lambda::LogLevel::fatal, error.message);
    return 1;
}

}  // namespace

int main() {
    // A static binary must not load another libc's modules, whatever nsswitch.conf says.
    __nss_configure_lookup("hosts", "files dns");
    const auto variables = read_variables();
    const auto address = variables.find("AWS_LAMBDA_RUNTIME_API");
    if (address == variables.end()) {
        std::cerr << "bootstrap: AWS Lambda runs this; AWS_LAMBDA_RUNTIME_API is not set\n";
        return 2;
    }
    return run(address->second, variables);
}
