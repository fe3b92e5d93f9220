#include "stack/cdk/cloud_assembly.hpp"

#include <fmt/format.h>

#include "stack/cdk/blocked_template.hpp"
#include "stack/cdk/intrinsics.hpp"
#include "stack/cdk/manifest.hpp"
#include "stack/cdk/stack_template.hpp"
#include "stack/declare.hpp"

namespace dsdash::cdk {

namespace {

AssemblyFile to_file(std::string name, const json::object& content) {
    return {std::move(name), json::serialize(content) + '\n'};
}

ManifestContent manifest_content(const std::string& stack_name, const Bootstrap& bootstrap) {
    return {.stack_name = stack_name,
            .template_file = stack_name + ".template.json",
            .bootstrap = bootstrap,
            .asset_manifest_file = {},
            .error = std::nullopt};
}

/// With the roles all the same: destroy works by them.
CloudAssembly render_blocked(stack::StackKind kind, const Bootstrap& bootstrap,
                             const Error& error) {
    auto content = manifest_content(std::string(stack::stack_name(kind)), bootstrap);
    content.error = error.message;
    if (!error.hint.empty()) *content.error += "; " + error.hint;
    return {{to_file(content.template_file, render_blocked_template()),
             to_file("manifest.json", render_manifest(content))},
            std::nullopt};
}

CloudAssembly render(const stack::Stack& stack, const json::object& rendered,
                     const Bootstrap& bootstrap, const CodeAsset& asset) {
    auto content = manifest_content(stack.name, bootstrap);
    content.asset_manifest_file = stack.name + ".assets.json";
    return {{to_file(content.template_file, rendered),
             to_file(content.asset_manifest_file, render_asset_manifest(asset, bootstrap)),
             to_file("manifest.json", render_manifest(content))},
            asset};
}

}  // namespace

CloudAssembly synthesize(stack::StackKind kind, const Result<CdkContext>& context,
                         const Result<CodeAsset>& asset) {
    if (!context) return render_blocked(kind, {}, context.error());
    const auto stack = stack::declare_stack(kind, for_any_account(context->values));
    if (!stack) {
        auto error = stack.error();
        error.hint = "for either stack there is: " + describe_bootstrap_key();
        return render_blocked(kind, context->bootstrap, error);
    }
    if (!asset) return render_blocked(kind, context->bootstrap, asset.error());
    const auto rendered =
        render_template(*stack, code_location(*asset, context->bootstrap), context->path_metadata);
    return render(*stack, rendered, context->bootstrap, *asset);
}

}  // namespace dsdash::cdk
