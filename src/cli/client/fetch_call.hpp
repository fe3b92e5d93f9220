#pragma once

#include "services/aws_api.hpp"
#include "services/fetch_progress.hpp"

namespace dsdash::cli {

/// Runs the hub's refresh function, which puts the fetch event on its way; who is expected to
/// answer.
Result<Fetch> ask_for_new_data(AwsApi& api);

}  // namespace dsdash::cli
