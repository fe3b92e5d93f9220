#include "aws/endpoints.hpp"

#include <fmt/format.h>

#include "aws/service_protocol.hpp"
#include "http/message.hpp"

namespace dsdash::aws {

namespace {

/// endpoint_url of the service in the services section that the profile names.
std::optional<std::string> section_endpoint(const ConfigFiles& files, const std::string& profile,
                                            const std::string& service_id) {
    const auto name = files.setting(profile, "services");
    const auto section = name ? files.services.find(*name) : files.services.end();
    if (section == files.services.end()) {
        return std::nullopt;
    }
    const auto service = section->second.find(service_id);
    if (service == section->second.end()) {
        return std::nullopt;
    }
    const auto url = service->second.find("endpoint_url");
    return url == service->second.end() ? std::nullopt : std::optional(url->second);
}

}  // namespace

ConfiguredEndpoints find_endpoints(const Environment& environment, const ConfigFiles& files,
                                   const std::string& profile) {
    const auto ignore =
        environment("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
            .value_or(files.setting(profile, "ignore_configured_endpoint_urls").value_or("false"));
    if (http::equals_ignoring_case(ignore, "true")) {
        return {};
    }
    ConfiguredEndpoints endpoints;
    const auto for_all = environment("AWS_ENDPOINT_URL");
    for (const auto& protocol : service_protocols()) {
        auto own = environment(fmt::format("AWS_ENDPOINT_URL_{}", protocol.variable));
        if (!own && !for_all) {
            own = section_endpoint(files, profile, http::lower_case(protocol.variable));
        }
        if (own) {
            endpoints.services.emplace(protocol.service, std::move(*own));
        }
    }
    endpoints.all = for_all.value_or(files.setting(profile, "endpoint_url").value_or(""));
    return endpoints;
}

}  // namespace dsdash::aws
