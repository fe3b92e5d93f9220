#include "stack/cdk/manifest.hpp"

#include <fmt/format.h>

namespace dsdash::cdk {

namespace {

constexpr const char* kAnyEnvironment = "aws://unknown-account/unknown-region";

/// The oldest bootstrap stack with the roles named below (aws-cdk-lib, DefaultStackSynthesizer).
constexpr int kBootstrapVersionMin = 6;

std::string asset_manifest_id(const std::string& stack_name) {
    return stack_name + ".assets";
}

std::string version_parameter(const Bootstrap& bootstrap) {
    return fmt::format("/cdk-bootstrap/{}/version", bootstrap.qualifier);
}

void require_bootstrap(const Bootstrap& bootstrap, json::object& properties) {
    properties["requiresBootstrapStackVersion"] = kBootstrapVersionMin;
    properties["bootstrapStackVersionSsmParameter"] = version_parameter(bootstrap);
}

json::object stack_artifact(const ManifestContent& content) {
    json::object properties{{"templateFile", content.template_file}};
    if (content.bootstrap.uses_roles) {
        properties["assumeRoleArn"] = bootstrap_role_arn(content.bootstrap, "deploy-role");
        properties["cloudFormationExecutionRoleArn"] =
            bootstrap_role_arn(content.bootstrap, "cfn-exec-role");
        require_bootstrap(content.bootstrap, properties);
    }
    json::object artifact{{"type", "aws:cloudformation:stack"},
                          {"environment", kAnyEnvironment},
                          {"properties", std::move(properties)}};
    if (!content.asset_manifest_file.empty()) {
        json::array dependencies;
        dependencies.emplace_back(asset_manifest_id(content.stack_name));
        artifact["dependencies"] = std::move(dependencies);
    }
    if (content.error) {
        json::array entries;
        entries.emplace_back(json::object{{"type", "aws:cdk:error"}, {"data", *content.error}});
        artifact["metadata"] = json::object{{"/" + content.stack_name, std::move(entries)}};
    }
    return artifact;
}

json::object assets_artifact(const ManifestContent& content) {
    json::object properties{{"file", content.asset_manifest_file}};
    if (content.bootstrap.uses_roles) require_bootstrap(content.bootstrap, properties);
    return {{"type", "cdk:asset-manifest"}, {"properties", std::move(properties)}};
}

}  // namespace

json::object render_manifest(const ManifestContent& content) {
    json::object artifacts;
    if (!content.asset_manifest_file.empty()) {
        artifacts[asset_manifest_id(content.stack_name)] = assets_artifact(content);
    }
    artifacts[content.stack_name] = stack_artifact(content);
    return {{"version", kManifestVersion}, {"artifacts", std::move(artifacts)}};
}

}  // namespace dsdash::cdk
