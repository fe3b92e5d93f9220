#pragma once

#include <map>
#include <string>
#include <string_view>

#include "domain/result.hpp"
#include "stack/cdk/bootstrap.hpp"

namespace dsdash::cdk {

/// What the CDK CLI tells an app (CDK_CONTEXT_JSON).
struct CdkContext {
    std::map<std::string, std::string> values;  ///< for the stack
    Bootstrap bootstrap;
    bool path_metadata = false;
};

/// Reads CDK_CONTEXT_JSON and, where the CLI had more to say, the text of its overflow file; empty
/// texts say nothing. A value is a string, as `-c` gives it, or true, false or a whole number from
/// cdk.json. Keys with a colon or an at sign are the CDK's own. malformed_input naming the key.
Result<CdkContext> read_cdk_context(std::string_view context, std::string_view overflow);

/// "bootstrap (…)": the key that is read here and not by a stack.
[[nodiscard]] std::string describe_bootstrap_key();

}  // namespace dsdash::cdk
