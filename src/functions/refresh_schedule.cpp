#include "functions/refresh_schedule.hpp"

#include "domain/contract.hpp"
#include "domain/schedule_expression.hpp"

namespace dsdash::functions {

Result<std::optional<std::chrono::seconds>> read_refresh_interval(AwsApi& aws) {
    const auto rule = aws.call("events", "DescribeRule", {{"Name", contract::kFetchScheduleRule}});
    if (!rule) {
        if (rule.error().kind == ErrorKind::not_found) return std::nullopt;
        return std::unexpected(rule.error());
    }
    const auto state = optional_string(*rule, "State");
    if (state && *state == "DISABLED") return std::nullopt;
    const auto text = optional_string(*rule, "ScheduleExpression");
    if (!text) return std::unexpected(text.error());
    const auto expression = ScheduleExpression::parse(text->value_or(""));
    if (!expression) return std::nullopt;
    return expression->period();
}

}  // namespace dsdash::functions
