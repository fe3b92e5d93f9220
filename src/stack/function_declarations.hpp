#pragma once

#include "functions/extraction_settings.hpp"
#include "stack/context.hpp"
#include "stack/stack.hpp"

/// The four functions, each with a role that allows exactly the calls it makes
/// (endpoint/least_privilege_test takes every action away once and sees it fail).
namespace dsdash::stack {

/// Where events end that the archive, or the extraction, could not be given or failed at.
inline constexpr std::string_view kArchiveDeadLetters = "ds-dashboard-archive-dead-letters";
inline constexpr std::string_view kExtractionDeadLetters = "ds-dashboard-extraction-dead-letters";

FunctionDeclaration declare_refresh(const StackContext& context);
FunctionDeclaration declare_archive(const StackContext& context);
FunctionDeclaration declare_extraction(const StackContext& context,
                                       const functions::ExtractionSettings& settings);

/// The connection function and what its rules need: what EventBridge delivers to other accounts'
/// buses as, and where that ends which it cannot deliver.
void add_connection(const StackContext& context, Stack& stack);

}  // namespace dsdash::stack
