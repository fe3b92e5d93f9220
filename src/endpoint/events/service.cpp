#include <array>

#include "domain/arn.hpp"
#include "endpoint/events/bus_name.hpp"
#include "endpoint/events/operations.hpp"

namespace dsdash::endpoint {

namespace {

std::string rule_of(const CallContext& context, std::string_view name) {
    return rule_arn(context.account.region(), context.account.id(), name);
}

std::vector<std::string> rule_by_name(const CallContext& context, const json::object& input) {
    return {rule_of(context, required_string(input, "Name").value_or(""))};
}

std::vector<std::string> rule_by_rule(const CallContext& context, const json::object& input) {
    return {rule_of(context, required_string(input, "Rule").value_or(""))};
}

std::vector<std::string> own_bus(const CallContext& context, const json::object& /*input*/) {
    return {own_bus_arn(context)};
}

// What an operation is asked about: docs.aws.amazon.com/service-authorization/latest/reference,
// "Actions, resources, and condition keys for Amazon EventBridge".
constexpr std::array kOperations{
    OperationEntry{"PutEvents", put_events, buses_of_entries},
    OperationEntry{"TestEventPattern", test_event_pattern},
    OperationEntry{"PutRule", put_rule, rule_by_name},
    OperationEntry{"DescribeRule", describe_rule, rule_by_name},
    OperationEntry{"ListRules", list_rules},
    OperationEntry{"EnableRule", enable_rule, rule_by_name},
    OperationEntry{"DisableRule", disable_rule, rule_by_name},
    OperationEntry{"DeleteRule", delete_rule, rule_by_name},
    OperationEntry{"PutTargets", put_targets, rule_by_rule},
    OperationEntry{"RemoveTargets", remove_targets, rule_by_rule},
    OperationEntry{"ListTargetsByRule", list_targets_by_rule, rule_by_rule},
    OperationEntry{"PutPermission", put_permission},
    OperationEntry{"RemovePermission", remove_permission},
    OperationEntry{"DescribeEventBus", describe_event_bus, own_bus},
};

}  // namespace

const Service& events_service() {
    static constexpr Service kService{"events", "AWSEvents", "1.1", "", kOperations};
    return kService;
}

}  // namespace dsdash::endpoint
