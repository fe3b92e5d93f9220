#include "endpoint/function_role.hpp"

#include <fmt/format.h>

#include "domain/arn.hpp"

namespace dsdash::endpoint {

Result<FunctionRole> FunctionRole::of(const embedded::Account& account,
                                      const embedded::FunctionRecord& function) {
    const auto role = Arn::parse(function.role_arn);
    if (!role) return std::unexpected(role.error());
    auto policy = IamPolicy::parse(function.role_policy);
    if (!policy) return std::unexpected(std::move(policy.error()));
    const auto role_name = role->resource.substr(role->resource.rfind('/') + 1);
    const Arn principal{role->partition, "sts", "", account.id().text(),
                        fmt::format("assumed-role/{}/{}", role_name, function.name)};
    return FunctionRole(principal.to_string(), std::move(*policy));
}

FunctionRole FunctionRole::of_owner(const embedded::Account& account) {
    static constexpr std::string_view kEverything =
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";
    return {fmt::format("arn:aws:iam::{}:root", account.id().text()),
            IamPolicy::parse(kEverything).value()};
}

Result<void> FunctionRole::check(std::string_view action, std::string_view resource) const {
    const AccessRequest request{.principal_account = {},
                                .principal_arn = principal_arn_,
                                .action = std::string(action),
                                .resource = std::string(resource),
                                .context = {}};
    if (policy_.allows(request)) return {};
    return fail(ErrorKind::denied,
                fmt::format("User: {} is not authorized to perform: {} on resource: {} because no "
                            "identity-based policy allows the {} action",
                            principal_arn_, action, resource, action),
                "AccessDeniedException");
}

}  // namespace dsdash::endpoint
