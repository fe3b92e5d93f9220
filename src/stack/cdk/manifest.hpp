#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/json.hpp"
#include "stack/cdk/bootstrap.hpp"

namespace dsdash::cdk {

/// Of the cloud assembly and of the asset manifest. Every CDK CLI since 1.204 reads it, and those
/// for whom it is old (2.1148 writes 55) do so too.
inline constexpr const char* kManifestVersion = "21.0.0";

struct ManifestContent {
    std::string stack_name;
    std::string template_file;
    Bootstrap bootstrap;
    std::string asset_manifest_file;   ///< empty: there are no assets
    std::optional<std::string> error;  ///< why the stack must not be deployed
};

/// manifest.json of an assembly with one stack, for whichever account and Region the CLI's
/// credentials are of. Its schema: @aws-cdk/cloud-assembly-schema.
[[nodiscard]] json::object render_manifest(const ManifestContent& content);

}  // namespace dsdash::cdk
