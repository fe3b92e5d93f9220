#include <fmt/format.h>

#include "domain/arn.hpp"
#include "embedded/ledger/endpoint_ledger.hpp"
#include "endpoint/dsdash/operations.hpp"
#include "endpoint/health_probe.hpp"

namespace dsdash::endpoint {

Result<json::object> register_endpoint(CallContext& context, const json::object& input) {
    auto name = required_string(input, "EndpointName");
    if (!name) return std::unexpected(name.error());
    auto url = required_string(input, "Url");
    if (!url) return std::unexpected(url.error());
    auto health_url = optional_string(input, "HealthUrl");
    if (!health_url) return std::unexpected(health_url.error());
    auto& endpoints = context.account.endpoints();
    auto endpoint = endpoints.add(*name, *url, health_url->value_or(""));
    if (!endpoint) return std::unexpected(endpoint.error());
    // Asked at once, so that whoever registered it sees at once whether it is in service.
    if (auto checked = endpoints.check(endpoint->name, answers_health_check); !checked) {
        return std::unexpected(checked.error());
    }
    return json::object{{"EndpointArn", endpoint_arn(context.account.region(), context.account.id(),
                                                     endpoint->name)}};
}

Result<json::object> deregister_endpoint(CallContext& context, const json::object& input) {
    auto name = required_string(input, "EndpointName");
    if (!name) return std::unexpected(name.error());
    auto removed = context.account.endpoints().remove(*name);
    if (!removed) return std::unexpected(removed.error());
    if (!*removed) {
        return fail(ErrorKind::not_found, fmt::format("There is no endpoint {}.", *name),
                    "ResourceNotFound");
    }
    return json::object{};
}

}  // namespace dsdash::endpoint
