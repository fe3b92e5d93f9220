#pragma once

#include <optional>
#include <string>

#include "aws/credentials/provider.hpp"
#include "aws/environment.hpp"
#include "http/client.hpp"

namespace dsdash::aws {

/// The endpoint beside a container (ECS tasks, EKS pod identity, SnapStart):
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
class ContainerCredentials final : public UncachedCredentials {
  public:
    /// Nothing when the environment names no such endpoint. malformed_input for one that is none;
    /// denied for plain http to anything but loopback and AWS's own link-local addresses.
    static Result<std::optional<ContainerCredentials>> find(const Environment& environment);

    Result<Credentials> fetch(TimePoint now, Deadline deadline) override;

  private:
    ContainerCredentials(std::string origin, std::string target, const Environment& environment);

    std::string origin_;
    std::string target_;
    std::optional<std::string> token_;
    std::optional<std::string> token_file_;
    http::Client client_;  ///< never through a proxy
};

}  // namespace dsdash::aws
