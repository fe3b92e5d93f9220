#include "stack/cdk/cloud_assembly.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "domain/json.hpp"

namespace dsdash::cdk {
namespace {

using ::testing::HasSubstr;

const CodeAsset kAsset{std::string(64, 'a'), "arm64"};

CdkContext context(std::map<std::string, std::string> values, bool uses_roles = false) {
    return {.values = std::move(values),
            .bootstrap = {.qualifier = "hnb659fds", .uses_roles = uses_roles},
            .path_metadata = false};
}

json::object file(const CloudAssembly& assembly, std::string_view name) {
    const auto found = std::ranges::find(assembly.files, name, &AssemblyFile::name);
    EXPECT_NE(found, assembly.files.end()) << name;
    return found == assembly.files.end() ? json::object() : json::parse(found->text).as_object();
}

json::object stack_artifact(const CloudAssembly& assembly, std::string_view stack) {
    return file(assembly, "manifest.json").at("artifacts").at(stack).as_object();
}

std::string error_of(const CloudAssembly& assembly, const std::string& stack) {
    const auto artifact = stack_artifact(assembly, stack);
    const auto& entry = artifact.at("metadata").at("/" + stack).at(0);
    EXPECT_EQ(entry.at("type").as_string(), "aws:cdk:error");
    return std::string(entry.at("data").as_string());
}

TEST(CloudAssembly, HasTheStackAndItsCode) {
    const auto assembly = synthesize(stack::StackKind::hub, context({}), kAsset);
    const auto manifest = file(assembly, "manifest.json");
    EXPECT_EQ(manifest.at("version").as_string(), "21.0.0");
    EXPECT_EQ(manifest.at("artifacts"), json::parse(R"({
        "ds-dashboard-hub-stack.assets":{"type":"cdk:asset-manifest",
            "properties":{"file":"ds-dashboard-hub-stack.assets.json"}},
        "ds-dashboard-hub-stack":{"type":"aws:cloudformation:stack",
            "environment":"aws://unknown-account/unknown-region",
            "properties":{"templateFile":"ds-dashboard-hub-stack.template.json"},
            "dependencies":["ds-dashboard-hub-stack.assets"]}})"));
    ASSERT_TRUE(assembly.asset);
    EXPECT_EQ(asset_folder(*assembly.asset), "asset." + kAsset.hash);
}

TEST(CloudAssembly, PutsTheCodeWhereTheFunctionsTakeItFrom) {
    const auto assembly = synthesize(stack::StackKind::hub, context({}), kAsset);
    const auto assets = file(assembly, "ds-dashboard-hub-stack.assets.json");
    const auto& asset = assets.at("files").at(kAsset.hash);
    EXPECT_EQ(asset.at("source").at("path").as_string(), asset_folder(kAsset));
    EXPECT_EQ(asset.at("source").at("packaging").as_string(), "zip");
    const auto& destination = asset.at("destinations").at("bucket");
    const auto rendered = file(assembly, "ds-dashboard-hub-stack.template.json");
    int functions = 0;
    for (const auto& resource : rendered.at("Resources").as_object()) {
        if (resource.value().at("Type").as_string() != "AWS::Lambda::Function") continue;
        ++functions;
        const auto& properties = resource.value().at("Properties");
        EXPECT_EQ(properties.at("Code").at("S3Bucket").at("Fn::Sub"), destination.at("bucketName"));
        EXPECT_EQ(properties.at("Code").at("S3Key"), destination.at("objectKey"));
        EXPECT_EQ(properties.at("Architectures").at(0).as_string(), "arm64");
    }
    EXPECT_EQ(functions, 3);
}

TEST(CloudAssembly, UsesTheRolesOfTheBootstrapStackWhenToldSo) {
    const auto assembly = synthesize(stack::StackKind::hub, context({}, true), kAsset);
    const auto properties = stack_artifact(assembly, "ds-dashboard-hub-stack").at("properties");
    const std::string account = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-hnb659fds-";
    const std::string place = "-${AWS::AccountId}-${AWS::Region}";
    EXPECT_EQ(properties.at("assumeRoleArn").as_string(), account + "deploy-role" + place);
    EXPECT_EQ(properties.at("cloudFormationExecutionRoleArn").as_string(),
              account + "cfn-exec-role" + place);
    EXPECT_EQ(properties.at("requiresBootstrapStackVersion").as_int64(), 6);
    EXPECT_EQ(file(assembly, "ds-dashboard-hub-stack.assets.json")
                  .at("files")
                  .at(kAsset.hash)
                  .at("destinations")
                  .at("bucket")
                  .at("assumeRoleArn")
                  .as_string(),
              account + "file-publishing-role" + place);
}

TEST(CloudAssembly, ListsWhatIsAllowedWhenContextIsMissingOrUnknown) {
    const auto missing = error_of(synthesize(stack::StackKind::spoke, context({}), kAsset),
                                  "ds-dashboard-spoke-stack");
    for (const auto* name : {"metrics", "environment", "project_name", "connection", "bootstrap",
                             "NumberEndPointsInService"}) {
        EXPECT_THAT(missing, HasSubstr(name));
    }
    const auto unknown =
        error_of(synthesize(stack::StackKind::hub, context({{"colour", "blue"}}), kAsset),
                 "ds-dashboard-hub-stack");
    for (const auto* name : {"colour", "schedule", "removal_policy", "existing_table"}) {
        EXPECT_THAT(unknown, HasSubstr(name));
    }
}

TEST(CloudAssembly, TellsWhatIsWrongWithContextAndCode) {
    const auto unreadable =
        synthesize(stack::StackKind::hub, fail(ErrorKind::malformed_input, "no context"), kAsset);
    EXPECT_THAT(error_of(unreadable, "ds-dashboard-hub-stack"), HasSubstr("no context"));
    const auto unbuilt = synthesize(
        stack::StackKind::hub, context({}),
        std::unexpected(Error{ErrorKind::not_found, "no code", {}, {}, "./dev lambda builds it"}));
    EXPECT_THAT(error_of(unbuilt, "ds-dashboard-hub-stack"),
                HasSubstr("no code; ./dev lambda builds it"));
}

TEST(CloudAssembly, IsDestroyedThroughTheRolesWithoutOtherContext) {
    const auto assembly = synthesize(stack::StackKind::spoke, context({}, true), kAsset);
    EXPECT_TRUE(stack_artifact(assembly, "ds-dashboard-spoke-stack")
                    .at("properties")
                    .as_object()
                    .contains("assumeRoleArn"));
}

TEST(CloudAssembly, IsNeverAnEmptyStack) {
    const auto assembly = synthesize(stack::StackKind::spoke, context({}), kAsset);
    EXPECT_FALSE(assembly.asset);
    const auto rendered = file(assembly, "ds-dashboard-spoke-stack.template.json");
    EXPECT_FALSE(rendered.at("Resources").as_object().empty());
    // Without a default, so that nobody can deploy it by accident.
    EXPECT_FALSE(rendered.at("Parameters").at("CannotBeDeployed").as_object().contains("Default"));
}

}  // namespace
}  // namespace dsdash::cdk
