#include "stack/cdk/cdk_context.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/json.hpp"

namespace dsdash::cdk {

namespace {

// aws-cdk-lib/cx-api and core/lib/stack-synthesizers.
constexpr std::string_view kPathMetadataKey = "aws:cdk:enable-path-metadata";
constexpr std::string_view kQualifierKey = "@aws-cdk/core:bootstrapQualifier";
constexpr std::size_t kQualifierCharactersMax = 10;

constexpr std::string_view kBootstrapKey = "bootstrap";
constexpr std::string_view kRoles = "roles";

Result<std::string> to_text(std::string_view key, const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_bool() || value.is_int64() || value.is_uint64()) return json::serialize(value);
    return fail(ErrorKind::malformed_input, fmt::format("context {} must be a string", key));
}

/// It becomes part of names of buckets and roles.
Result<std::string> read_qualifier(const json::value& value) {
    const auto is_allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    if (value.is_string()) {
        std::string text(value.get_string());
        if (!text.empty() && text.size() <= kQualifierCharactersMax &&
            std::ranges::all_of(text, is_allowed)) {
            return text;
        }
    }
    return fail(ErrorKind::malformed_input,
                fmt::format("context {} must be 1 to {} characters of [a-z0-9]", kQualifierKey,
                            kQualifierCharactersMax));
}

Result<void> read_own_key(std::string_view key, const json::value& value, CdkContext& context) {
    if (key == kPathMetadataKey) {
        context.path_metadata = value == true;
    } else if (key == kQualifierKey) {
        auto qualifier = read_qualifier(value);
        if (!qualifier) return std::unexpected(std::move(qualifier.error()));
        context.bootstrap.qualifier = std::move(*qualifier);
    }
    return {};
}

Result<void> read_key(std::string_view key, const json::value& value, CdkContext& context) {
    if (key.find_first_of(":@") != std::string_view::npos) {
        return read_own_key(key, value, context);
    }
    auto text = to_text(key, value);
    if (!text) return std::unexpected(std::move(text.error()));
    if (key != kBootstrapKey) {
        context.values.insert_or_assign(std::string(key), std::move(*text));
        return {};
    }
    if (*text != kRoles) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("context {} must be {} or absent", kBootstrapKey, kRoles));
    }
    context.bootstrap.uses_roles = true;
    return {};
}

}  // namespace

Result<CdkContext> read_cdk_context(std::string_view context, std::string_view overflow) {
    CdkContext read;
    for (const auto text : {context, overflow}) {
        if (text.empty()) continue;
        const auto object = parse_json_object(text);
        if (!object) {
            return fail(ErrorKind::malformed_input,
                        "the context is not what the CDK CLI writes: " + object.error().message);
        }
        for (const auto& member : *object) {
            if (auto done = read_key(member.key(), member.value(), read); !done) {
                return std::unexpected(std::move(done.error()));
            }
        }
    }
    return read;
}

std::string describe_bootstrap_key() {
    return fmt::format("{} (\"{}\": deploy through the roles that cdk bootstrap made)",
                       kBootstrapKey, kRoles);
}

}  // namespace dsdash::cdk
