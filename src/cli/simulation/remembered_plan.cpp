#include "cli/simulation/remembered_plan.hpp"

#include <fmt/format.h>

#include "aws/parameter_store.hpp"

namespace dsdash::cli {

namespace {

using simulation::Plan;

/// As the command line has it: what a person has to give to continue the fleet.
std::string options_of(const Plan& plan) {
    return fmt::format("--spokes {} --metrics {} --days {} --interval {} --seed {}", plan.spokes,
                       plan.metrics, plan.days, plan.interval.count(), plan.seed);
}

std::string to_text(const Plan& plan) {
    return json::serialize(
        json::object{{"Options", options_of(plan)}, {"End", format_extraction_date(plan.end)}});
}

Result<Plan> continue_plan(const std::string& text, Plan wanted) {
    const auto object = parse_json_object(text);
    const auto options =
        object ? required_string(*object, "Options") : std::unexpected(object.error());
    const auto end_text =
        object ? required_string(*object, "End") : std::unexpected(object.error());
    const auto end =
        end_text ? parse_extraction_date(*end_text) : std::unexpected(end_text.error());
    if (!options || !end) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("the parameter {} of the hub is no simulation's", kPlanParameter));
    }
    if (*options != options_of(wanted)) {
        auto error = fail(ErrorKind::conflict, "the hub has another simulated fleet already");
        error.error().hint =
            fmt::format("continue it with {}, or take another data folder", *options);
        return error;
    }
    wanted.end = *end;
    return wanted;
}

}  // namespace

Result<Plan> recall_plan(AwsApi& hub, const Plan& wanted) {
    const auto kept = aws::AwsParameterStore(hub).get(kPlanParameter);
    if (kept) return continue_plan(kept->value, wanted);
    if (kept.error().kind != ErrorKind::not_found) return std::unexpected(kept.error());
    return wanted;
}

Result<void> keep_plan(AwsApi& hub, const Plan& plan) {
    const auto put = hub.call("ssm", "PutParameter",
                              {{"Name", kPlanParameter},
                               {"Value", to_text(plan)},
                               {"Description", "The fleet that dsdash simulate made here"},
                               {"Type", "String"},
                               {"Overwrite", true}});
    if (!put) return std::unexpected(put.error());
    return {};
}

}  // namespace dsdash::cli
