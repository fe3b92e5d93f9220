#pragma once

#include <map>
#include <optional>

#include "doctor/commands.hpp"
#include "doctor/finding.hpp"
#include "services/aws_api.hpp"

/// What the stacks of the examined account have brought, and whether it is still as they left it.
namespace dsdash::doctor {

/// A function as Lambda describes it.
struct DeployedFunction {
    std::map<std::string, std::string> environment;
    bool is_stopped = false;  ///< not Active, or with a reserved concurrency of 0
};

/// Nothing when there is no such function.
Result<std::optional<DeployedFunction>> find_function(AwsApi& aws, std::string_view name);

/// Notes the functions archive and refresh, and the rule that feeds the archive.
Result<void> check_hub_stack(AwsApi& aws, const Commands& commands, Notes& notes);

/// Notes the extraction function, the metrics that it was deployed with and the rule that starts
/// it.
Result<void> check_spoke_stack(AwsApi& aws, const Commands& commands, Notes& notes);

/// Notes the connection function; `stack` is the one that would bring it.
Result<void> check_connection_function(AwsApi& aws, std::string_view stack,
                                       const Commands& commands, Notes& notes);

}  // namespace dsdash::doctor
