#pragma once

#include <string>
#include <string_view>

#include "services/aws_api.hpp"

namespace dsdash::cli {

/// Runs a function to its end and returns its answer (JSON text). An error of the function itself
/// is an error here, too, with the function's message.
Result<std::string> invoke_function(AwsApi& api, std::string_view name, std::string_view payload);

}  // namespace dsdash::cli
