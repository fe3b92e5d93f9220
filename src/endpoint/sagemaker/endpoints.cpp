#include <fmt/format.h>

#include "domain/arn.hpp"
#include "embedded/ledger/endpoint_ledger.hpp"
#include "endpoint/sagemaker/list_query.hpp"
#include "endpoint/sagemaker/operations.hpp"

namespace dsdash::endpoint {

namespace {

using embedded::RegisteredEndpoint;

constexpr ListOperation kListEndpoints{
    "ListEndpoints",
    "OutOfService Creating Updating SystemUpdating RollingBack InService Deleting Failed "
    "UpdateRollbackFailed",
    true};

json::object render_endpoint(const CallContext& context, const RegisteredEndpoint& endpoint) {
    return {{"EndpointName", endpoint.name},
            {"EndpointArn",
             endpoint_arn(context.account.region(), context.account.id(), endpoint.name)},
            {"EndpointStatus", endpoint.status},
            {"CreationTime", to_epoch_seconds(endpoint.created)},
            {"LastModifiedTime", to_epoch_seconds(endpoint.last_modified)}};
}

}  // namespace

Result<json::object> list_endpoints(CallContext& context, const json::object& input) {
    auto query = read_list_query(input, kListEndpoints);
    if (!query) return std::unexpected(query.error());
    auto page = context.account.endpoints().list(*query);
    if (!page) return std::unexpected(page.error());
    json::array endpoints;
    for (const RegisteredEndpoint& endpoint : page->entries) {
        endpoints.push_back(render_endpoint(context, endpoint));
    }
    json::object output{{"Endpoints", std::move(endpoints)}};
    if (page->next) output["NextToken"] = list_token(kListEndpoints, *query, *page->next);
    return output;
}

Result<json::object> describe_endpoint(CallContext& context, const json::object& input) {
    auto name = required_string(input, "EndpointName");
    if (!name) return std::unexpected(name.error());
    auto endpoint = context.account.endpoints().find(*name);
    if (!endpoint) return std::unexpected(endpoint.error());
    if (!*endpoint) {
        // SageMaker says so with a ValidationException.
        return fail(
            ErrorKind::not_found,
            fmt::format("Could not find endpoint \"{}\".",
                        endpoint_arn(context.account.region(), context.account.id(), *name)),
            "ValidationException");
    }
    return render_endpoint(context, **endpoint);
}

}  // namespace dsdash::endpoint
