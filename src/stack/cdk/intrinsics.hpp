#pragma once

#include <string>
#include <string_view>

#include "domain/json.hpp"
#include "stack/context.hpp"

/// CloudFormation's intrinsic functions, as far as the templates need them.
namespace dsdash::cdk {

[[nodiscard]] json::value reference_to(std::string_view logical_id);
[[nodiscard]] json::value get_att(std::string_view logical_id, std::string_view attribute);
/// `text` holds ${…} on purpose.
[[nodiscard]] json::value sub(std::string_view text);

/// To declare a stack for whichever account and Region it is deployed to: a template names neither,
/// so that one synthesized without credentials, or by somebody else, is the same.
[[nodiscard]] stack::StackContext for_any_account(std::map<std::string, std::string> values);

/// A text of such a declaration, with AWS::AccountId, AWS::Region and, in an ARN, AWS::Partition
/// where it names those.
[[nodiscard]] json::value in_this_account(std::string_view text);

}  // namespace dsdash::cdk
