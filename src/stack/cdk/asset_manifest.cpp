#include "stack/cdk/asset_manifest.hpp"

#include "stack/cdk/intrinsics.hpp"
#include "stack/cdk/manifest.hpp"

namespace dsdash::cdk {

namespace {

std::string object_key(const CodeAsset& asset) {
    return asset.hash + ".zip";
}

json::object destination(const CodeAsset& asset, const Bootstrap& bootstrap) {
    json::object destination{{"bucketName", asset_bucket(bootstrap)},
                             {"objectKey", object_key(asset)}};
    if (bootstrap.uses_roles) {
        destination["assumeRoleArn"] = bootstrap_role_arn(bootstrap, "file-publishing-role");
    }
    return destination;
}

}  // namespace

std::string asset_folder(const CodeAsset& asset) {
    return "asset." + asset.hash;
}

CodeLocation code_location(const CodeAsset& asset, const Bootstrap& bootstrap) {
    return {sub(asset_bucket(bootstrap)), object_key(asset), asset.architecture};
}

json::object render_asset_manifest(const CodeAsset& asset, const Bootstrap& bootstrap) {
    const json::object source{{"path", asset_folder(asset)}, {"packaging", "zip"}};
    const json::object file{
        {"source", source},
        {"destinations", json::object{{"bucket", destination(asset, bootstrap)}}}};
    return {{"version", kManifestVersion},
            {"files", json::object{{asset.hash, file}}},
            {"dockerImages", json::object{}}};
}

}  // namespace dsdash::cdk
