#pragma once

#include "endpoint/operation.hpp"

namespace dsdash::endpoint {

/// The ARN of the caller's default bus.
[[nodiscard]] std::string own_bus_arn(const CallContext& context);

/// An account has one bus, "default": not_found (ResourceNotFoundException) unless `field` of the
/// input is absent or names it, by name or ARN.
Result<void> require_own_bus(const CallContext& context, const json::object& input,
                             std::string_view field = "EventBusName");

/// The error for a bus that is not there.
[[nodiscard]] std::unexpected<Error> no_such_bus(std::string_view name);

}  // namespace dsdash::endpoint
