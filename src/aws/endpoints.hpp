#pragma once

#include <map>
#include <string>

#include "aws/config_files.hpp"

namespace dsdash::aws {

/// Endpoints that were configured instead of AWS's own.
struct ConfiguredEndpoints {
    std::string all;  ///< for every service; empty: AWS's own
    std::map<std::string, std::string, std::less<>> services;  ///< by signing name
};

/// AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the profile's services section and its
/// endpoint_url, in that order; none when AWS_IGNORE_CONFIGURED_ENDPOINT_URLS or the profile's
/// ignore_configured_endpoint_urls says so:
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
[[nodiscard]] ConfiguredEndpoints find_endpoints(const Environment& environment,
                                                 const ConfigFiles& files,
                                                 const std::string& profile);

}  // namespace dsdash::aws
