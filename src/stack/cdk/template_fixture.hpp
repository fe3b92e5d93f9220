#pragma once

#include <gtest/gtest.h>

#include "stack/cdk/intrinsics.hpp"
#include "stack/cdk/stack_template.hpp"
#include "stack/declare.hpp"

namespace dsdash::cdk {

using Values = std::map<std::string, std::string>;

inline const Values kSpokeValues{{"metrics", "NumberEndPointsInService,SSMParamStoreValue"},
                                 {"environment", "dev"},
                                 {"project_name", "churn"},
                                 {"ssm_parameter", "/models/churn/auc"}};

inline json::object template_of(stack::StackKind kind, Values values) {
    const auto stack = stack::declare_stack(kind, for_any_account(std::move(values)));
    EXPECT_TRUE(stack) << (stack ? "" : stack.error().message);
    return render_template(*stack, {"bucket", "key.zip", "x86_64"}, false);
}

inline json::object hub_template(Values values = {}) {
    return template_of(stack::StackKind::hub, std::move(values));
}

inline json::object spoke_template(Values values = kSpokeValues) {
    return template_of(stack::StackKind::spoke, std::move(values));
}

/// The one resource whose property `name_property` is `name`.
inline const json::object& resource_named(const json::object& rendered,
                                          std::string_view name_property, std::string_view name) {
    for (const auto& resource : rendered.at("Resources").as_object()) {
        const auto& properties = resource.value().at("Properties").as_object();
        const auto* value = properties.if_contains(name_property);
        if (value != nullptr && *value == json::value(name)) return resource.value().as_object();
    }
    throw std::out_of_range("no resource " + std::string(name));
}
const json::object& resource_named(json::object&& rendered, std::string_view name_property,
                                   std::string_view name) = delete;

}  // namespace dsdash::cdk
