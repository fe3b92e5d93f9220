#pragma once

#include "stack/cdk/resources.hpp"

namespace dsdash::cdk {

/// The CloudFormation template of a stack that was declared for_any_account.
[[nodiscard]] json::object render_template(const stack::Stack& stack, const CodeLocation& code,
                                           bool path_metadata);

}  // namespace dsdash::cdk
