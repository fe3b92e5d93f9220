#include <algorithm>
#include <array>

#include "endpoint/operation.hpp"

namespace dsdash::endpoint {

std::span<const Service* const> all_services() {
    static const std::array<const Service*, 7> kServices = {
        &ssm_service(),       &events_service(), &lambda_service(), &dynamodb_service(),
        &sagemaker_service(), &sts_service(),    &dsdash_service(),
    };
    return kServices;
}

const Service* find_service(std::string_view signing_name) {
    const auto services = all_services();
    const auto found = std::ranges::find(services, signing_name, &Service::name);
    return found == services.end() ? nullptr : *found;
}

const OperationEntry* find_operation(const Service& service, std::string_view name) {
    const auto found = std::ranges::find(service.operations, name, &OperationEntry::name);
    return found == service.operations.end() ? nullptr : &*found;
}

}  // namespace dsdash::endpoint
