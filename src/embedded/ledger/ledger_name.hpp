#pragma once

#include <string_view>

#include "domain/result.hpp"

namespace dsdash::embedded {

/// malformed_input naming `field` unless `name` is what SageMaker calls jobs and endpoints:
/// [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62} in at most 63 characters.
Result<void> check_ledger_name(std::string_view field, std::string_view name);

}  // namespace dsdash::embedded
