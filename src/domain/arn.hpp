#pragma once

#include <string>
#include <string_view>

#include "domain/account_id.hpp"
#include "domain/result.hpp"

namespace dsdash {

/// arn:partition:service:region:account:resource. region and account may be empty (IAM, S3).
struct Arn {
    std::string partition;
    std::string service;
    std::string region;
    std::string account;
    std::string resource;  ///< all after the fifth colon, e.g. "event-bus/default"

    /// malformed_input unless `text` starts with "arn:" and has six parts, none but region and
    /// account empty.
    static Result<Arn> parse(std::string_view text);
    [[nodiscard]] std::string to_string() const;
    bool operator==(const Arn&) const = default;
};

/// The partition of a Region: aws, aws-cn (cn-*) or aws-us-gov (us-gov-*).
[[nodiscard]] std::string_view partition_of(const Region& region);

[[nodiscard]] std::string event_bus_arn(const Region&, const AccountId&, std::string_view bus);
[[nodiscard]] std::string rule_arn(const Region&, const AccountId&, std::string_view rule);
[[nodiscard]] std::string function_arn(const Region&, const AccountId&, std::string_view function);
[[nodiscard]] std::string parameter_arn(const Region&, const AccountId&, std::string_view name);
[[nodiscard]] std::string table_arn(const Region&, const AccountId&, std::string_view table);
[[nodiscard]] std::string training_job_arn(const Region&, const AccountId&, std::string_view name);
[[nodiscard]] std::string endpoint_arn(const Region&, const AccountId&, std::string_view name);
[[nodiscard]] std::string queue_arn(const Region&, const AccountId&, std::string_view queue);
[[nodiscard]] std::string role_arn(const Region&, const AccountId&, std::string_view role);

}  // namespace dsdash
