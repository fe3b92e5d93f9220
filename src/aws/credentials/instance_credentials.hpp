#pragma once

#include <optional>
#include <string>

#include "aws/credentials/provider.hpp"
#include "aws/environment.hpp"
#include "http/client.hpp"

namespace dsdash::aws {

/// The role of an EC2 instance, from its metadata service, version 2 only:
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
/// Off AWS nothing answers there, which is not_found after kTimeMax at the latest.
class InstanceCredentials final : public UncachedCredentials {
  public:
    static constexpr std::chrono::seconds kTimeMax{1};  ///< for each step, as in AWS's SDKs

    /// Nothing when AWS_EC2_METADATA_DISABLED says so. AWS_EC2_METADATA_SERVICE_ENDPOINT and
    /// AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE (IPv6) say where else it is.
    static std::optional<InstanceCredentials> find(const Environment& environment);

    Result<Credentials> fetch(TimePoint now, Deadline deadline) override;

  private:
    explicit InstanceCredentials(std::string origin) : origin_(std::move(origin)) {}

    Result<std::string> ask(const http::Request& request, Deadline deadline);
    Result<std::string> get(const std::string& target, const std::string& token, Deadline deadline);

    std::string origin_;
    http::Client client_;  ///< never through a proxy
};

}  // namespace dsdash::aws
