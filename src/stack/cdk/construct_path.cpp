#include "stack/cdk/construct_path.hpp"

#include <fmt/ranges.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <new>

namespace dsdash::cdk {

namespace {

// uniqueid.ts: HIDDEN_FROM_HUMAN_ID, HIDDEN_ID, MAX_HUMAN_LEN, MAX_ID_LEN.
constexpr std::string_view kHiddenFromHumans = "Resource";
constexpr std::string_view kHidden = "Default";
constexpr std::size_t kHumanCharactersMax = 240;
constexpr std::size_t kIdCharactersMax = 255;

std::string keep_alphanumeric(std::string_view text) {
    std::string kept;
    std::ranges::copy_if(text, std::back_inserter(kept), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    });
    return kept;
}

/// A component that its predecessor ends with says nothing new.
ConstructPath remove_repetitions(const ConstructPath& path) {
    ConstructPath kept;
    for (const auto& component : path) {
        if (kept.empty() || !kept.back().ends_with(component)) kept.push_back(component);
    }
    return kept;
}

/// The first eight hexadecimal digits of the path's MD5; a name, and no protection of anything.
std::string hash_of(const ConstructPath& path) {
    const auto text = fmt::format("{}", fmt::join(path, "/"));
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_md5(), nullptr) != 1) {
        throw std::bad_alloc();  // OpenSSL fails here only without memory
    }
    return fmt::format("{:02X}{:02X}{:02X}{:02X}", digest[0], digest[1], digest[2], digest[3]);
}

ConstructPath resource_path(std::string_view name) {
    return {std::string(name), std::string(kHiddenFromHumans)};
}

}  // namespace

std::string logical_id(const ConstructPath& path) {
    ConstructPath visible;
    std::ranges::copy_if(path, std::back_inserter(visible),
                         [](const auto& component) { return component != kHidden; });
    if (visible.size() == 1) {
        auto id = keep_alphanumeric(visible.front());
        if (id.size() <= kIdCharactersMax) return id;
    }
    std::string human;
    for (const auto& component : remove_repetitions(visible)) {
        if (component != kHiddenFromHumans) human += keep_alphanumeric(component);
    }
    return human.substr(0, kHumanCharactersMax) + hash_of(visible);
}

ConstructPath table_path(std::string_view table) {
    return resource_path(table);
}

ConstructPath function_path(std::string_view function) {
    return resource_path(function);
}

ConstructPath function_role_path(std::string_view function) {
    return {std::string(function), "ServiceRole", std::string(kHiddenFromHumans)};
}

ConstructPath log_group_path(std::string_view function) {
    return {std::string(function), "LogGroup", std::string(kHiddenFromHumans)};
}

ConstructPath role_path(std::string_view role) {
    return resource_path(role);
}

ConstructPath rule_path(std::string_view rule) {
    return resource_path(rule);
}

ConstructPath invocation_path(std::string_view stack, std::string_view rule,
                              std::string_view function) {
    return {std::string(rule),
            "AllowEventRule" + logical_id({std::string(stack), std::string(function)})};
}

ConstructPath queue_path(std::string_view queue) {
    return resource_path(queue);
}

ConstructPath queue_policy_path(std::string_view queue) {
    return {std::string(queue), "Policy", std::string(kHiddenFromHumans)};
}

}  // namespace dsdash::cdk
