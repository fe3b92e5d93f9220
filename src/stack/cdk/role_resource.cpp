#include "stack/cdk/intrinsics.hpp"
#include "stack/cdk/resources.hpp"

namespace dsdash::cdk {

namespace {

constexpr const char* kPolicyVersion = "2012-10-17";

json::object trust_policy(std::string_view service) {
    json::array statements;
    statements.emplace_back(json::object{{"Effect", "Allow"},
                                         {"Principal", json::object{{"Service", service}}},
                                         {"Action", "sts:AssumeRole"}});
    return {{"Version", kPolicyVersion}, {"Statement", std::move(statements)}};
}

json::object permissions(std::span<const stack::PolicyStatement> declared) {
    json::array statements;
    for (const auto& [actions, names] : declared) {
        json::array resources;
        for (const auto& name : names) resources.push_back(in_this_account(name));
        statements.emplace_back(
            json::object{{"Effect", "Allow"},
                         {"Action", json::array(actions.begin(), actions.end())},
                         {"Resource", std::move(resources)}});
    }
    return {{"Version", kPolicyVersion}, {"Statement", std::move(statements)}};
}

}  // namespace

/// The permissions stand in the role itself: what is made after the role finds them there.
void add_role(TemplateBuilder& builder, const ConstructPath& path,
              const stack::RoleDeclaration& role) {
    json::array policies;
    policies.emplace_back(
        json::object{{"PolicyName", role.name}, {"PolicyDocument", permissions(role.statements)}});
    builder.add_resource(path, "AWS::IAM::Role",
                         {{"RoleName", role.name},
                          {"AssumeRolePolicyDocument", trust_policy(role.service)},
                          {"Policies", std::move(policies)}});
}

}  // namespace dsdash::cdk
