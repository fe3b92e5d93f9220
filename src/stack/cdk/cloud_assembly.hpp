#pragma once

#include <optional>

#include "stack/cdk/asset_manifest.hpp"
#include "stack/cdk/cdk_context.hpp"
#include "stack/stack.hpp"

namespace dsdash::cdk {

struct AssemblyFile {
    std::string name;
    std::string text;
};

/// A cloud assembly: what a CDK app leaves behind for the CDK CLI.
struct CloudAssembly {
    std::vector<AssemblyFile> files;
    /// Its folder has to be copied to asset_folder() beside the files.
    std::optional<CodeAsset> asset;
};

/// The assembly of one stack. What is wrong with the context or the code stands in it as an
/// aws:cdk:error, on which synth, diff and deploy fail, while destroy and bootstrap, which are
/// given no context, do their work.
[[nodiscard]] CloudAssembly synthesize(stack::StackKind kind, const Result<CdkContext>& context,
                                       const Result<CodeAsset>& asset);

}  // namespace dsdash::cdk
