#include "endpoint/events/bus_name.hpp"

#include <fmt/format.h>

#include "domain/arn.hpp"
#include "domain/contract.hpp"

namespace dsdash::endpoint {

std::string own_bus_arn(const CallContext& context) {
    return event_bus_arn(context.account.region(), context.account.id(), contract::kDefaultBus);
}

Result<void> require_own_bus(const CallContext& context, const json::object& input,
                             std::string_view field) {
    auto name = optional_string(input, field);
    if (!name) return std::unexpected(std::move(name.error()));
    if (!*name || **name == contract::kDefaultBus || **name == own_bus_arn(context)) return {};
    return no_such_bus(**name);
}

std::unexpected<Error> no_such_bus(std::string_view name) {
    return fail(ErrorKind::not_found, fmt::format("Event bus {} does not exist.", name),
                "ResourceNotFoundException");
}

}  // namespace dsdash::endpoint
