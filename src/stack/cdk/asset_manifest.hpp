#pragma once

#include "stack/cdk/bootstrap.hpp"
#include "stack/cdk/resources.hpp"

namespace dsdash::cdk {

/// The folder with the functions' code, as it was found.
struct CodeAsset {
    std::string hash;          ///< of all its content, as 64 hexadecimal digits
    std::string architecture;  ///< that its `bootstrap` was built for: "x86_64" or "arm64"
};

/// Where a copy of the folder is expected, below the assembly's.
[[nodiscard]] std::string asset_folder(const CodeAsset& asset);

/// Where the CDK CLI puts it, as a zip file, and Lambda takes it from.
[[nodiscard]] CodeLocation code_location(const CodeAsset& asset, const Bootstrap& bootstrap);

/// What tells the CLI so (@aws-cdk/cloud-assembly-schema, assets.schema.json).
[[nodiscard]] json::object render_asset_manifest(const CodeAsset& asset,
                                                 const Bootstrap& bootstrap);

}  // namespace dsdash::cdk
