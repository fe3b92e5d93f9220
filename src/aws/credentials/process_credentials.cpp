#include "aws/credentials/process_credentials.hpp"

#include <fmt/format.h>

#include "aws/credentials/command_output.hpp"
#include "aws/credentials/credentials_document.hpp"

namespace dsdash::aws {

namespace {

constexpr std::chrono::seconds kTimeMax{60};

}  // namespace

Result<ProcessCredentials> ProcessCredentials::parse(std::string_view command_line) {
    auto command = split_command(command_line);
    if (!command) {
        command.error().message = fmt::format("credential_process: {}", command.error().message);
        return std::unexpected(std::move(command.error()));
    }
    return ProcessCredentials(std::move(*command));
}

Result<Credentials> ProcessCredentials::fetch(TimePoint, Deadline deadline) {
    const auto end = std::min(deadline, std::chrono::steady_clock::now() + kTimeMax);
    const auto output = run_command(command_, end);
    auto credentials = output ? parse_credentials_document(*output)
                              : Result<Credentials>(std::unexpected(output.error()));
    if (!credentials) {
        credentials.error().message =
            fmt::format("credential_process {}: {}", command_.front(), credentials.error().message);
    }
    return credentials;
}

}  // namespace dsdash::aws
