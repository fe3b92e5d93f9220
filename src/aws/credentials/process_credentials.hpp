#pragma once

#include <string>
#include <vector>

#include "aws/credentials/provider.hpp"

namespace dsdash::aws {

/// A profile's credential_process:
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
class ProcessCredentials final : public UncachedCredentials {
  public:
    /// malformed_input for a command line that is none.
    static Result<ProcessCredentials> parse(std::string_view command_line);

    Result<Credentials> fetch(TimePoint now, Deadline deadline) override;

  private:
    explicit ProcessCredentials(std::vector<std::string> command) : command_(std::move(command)) {}

    std::vector<std::string> command_;
};

}  // namespace dsdash::aws
