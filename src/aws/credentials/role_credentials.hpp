#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "aws/credentials/provider.hpp"
#include "aws/credentials/sts_client.hpp"

namespace dsdash::aws {

/// A role that is assumed, and how.
struct RoleSession {
    std::string role_arn;
    std::string session_name;  ///< empty: "dsdash-" and the time
    std::string external_id;   ///< empty: none
    std::string duration_s;    ///< digits; empty: STS's default, one hour
};

/// A role assumed with other credentials (a profile's role_arn):
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
class AssumedRoleCredentials final : public CredentialsProvider {
  public:
    AssumedRoleCredentials(RoleSession session, std::unique_ptr<CredentialsProvider> source,
                           StsEndpoint sts)
        : session_(std::move(session)), source_(std::move(source)), sts_(std::move(sts)) {}

    Result<Credentials> fetch(TimePoint now, Deadline deadline) override;
    /// The role's credentials are the ones that expired: those behind them are judged by STS.
    void forget(const Credentials&) override {}

  private:
    RoleSession session_;
    std::unique_ptr<CredentialsProvider> source_;
    StsClient sts_;
};

/// A role assumed with a token of another identity provider, which lies in a file (EKS service
/// accounts, CI systems). The file is read each time, as it is replaced before it expires.
class WebIdentityCredentials final : public UncachedCredentials {
  public:
    WebIdentityCredentials(RoleSession session, std::filesystem::path token_file, StsEndpoint sts)
        : session_(std::move(session)), token_file_(std::move(token_file)), sts_(std::move(sts)) {}

    Result<Credentials> fetch(TimePoint now, Deadline deadline) override;

  private:
    RoleSession session_;
    std::filesystem::path token_file_;
    StsClient sts_;
};

}  // namespace dsdash::aws
