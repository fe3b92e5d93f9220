#pragma once

#include <span>
#include <string>
#include <string_view>

#include "domain/account_id.hpp"

namespace dsdash::aws {

/// How a service is called.
struct ServiceProtocol {
    std::string_view service;        ///< signing name
    std::string_view host;           ///< first label of its host: "api.sagemaker"
    std::string_view variable;       ///< behind AWS_ENDPOINT_URL_
    std::string_view target_prefix;  ///< of X-Amz-Target; empty: not a JSON service
    std::string_view json_version;
};

/// All that are called here.
[[nodiscard]] std::span<const ServiceProtocol> service_protocols();

/// nullptr for a service that is not called here.
[[nodiscard]] const ServiceProtocol* find_service_protocol(std::string_view service);

/// AWS's own address of the service: "https://ssm.eu-west-1.amazonaws.com".
[[nodiscard]] std::string aws_origin(const ServiceProtocol& protocol, const Region& region);

}  // namespace dsdash::aws
