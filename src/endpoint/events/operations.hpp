#pragma once

#include "endpoint/operation.hpp"

/// The operations of EventBridge: docs.aws.amazon.com/eventbridge/latest/APIReference.
namespace dsdash::endpoint {

// put_events.cpp
Result<json::object> put_events(CallContext& context, const json::object& input);
/// The ARNs of the buses that entries are for.
std::vector<std::string> buses_of_entries(const CallContext& context, const json::object& input);

// event_patterns.cpp
Result<json::object> test_event_pattern(CallContext& context, const json::object& input);

// rules.cpp
Result<json::object> put_rule(CallContext& context, const json::object& input);
Result<json::object> describe_rule(CallContext& context, const json::object& input);
Result<json::object> list_rules(CallContext& context, const json::object& input);
Result<json::object> enable_rule(CallContext& context, const json::object& input);
Result<json::object> disable_rule(CallContext& context, const json::object& input);
Result<json::object> delete_rule(CallContext& context, const json::object& input);

// targets.cpp
Result<json::object> put_targets(CallContext& context, const json::object& input);
Result<json::object> remove_targets(CallContext& context, const json::object& input);
Result<json::object> list_targets_by_rule(CallContext& context, const json::object& input);

// permissions.cpp
Result<json::object> put_permission(CallContext& context, const json::object& input);
Result<json::object> remove_permission(CallContext& context, const json::object& input);
Result<json::object> describe_event_bus(CallContext& context, const json::object& input);

}  // namespace dsdash::endpoint
