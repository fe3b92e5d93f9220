#pragma once

#include "domain/json.hpp"
#include "stack/cdk/construct_path.hpp"

namespace dsdash::cdk {

/// Collects what a CloudFormation template consists of.
class TemplateBuilder {
  public:
    /// `path_metadata`: each resource tells its path, which the CDK CLI shows in a diff.
    TemplateBuilder(std::string stack_name, bool path_metadata)
        : stack_name_(std::move(stack_name)), path_metadata_(path_metadata) {}

    [[nodiscard]] const std::string& stack_name() const { return stack_name_; }

    /// `attributes`: DeletionPolicy and its like. Each path once.
    void add_resource(const ConstructPath& path, std::string_view type, json::object properties,
                      const json::object& attributes = {});
    void add_output(std::string_view name, std::string_view description, json::value value);

    [[nodiscard]] json::object build(std::string_view description) &&;

  private:
    std::string stack_name_;
    bool path_metadata_;
    json::object resources_;
    json::object outputs_;
};

}  // namespace dsdash::cdk
