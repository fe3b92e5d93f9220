#include "stack/cdk/template_builder.hpp"

#include <fmt/ranges.h>

namespace dsdash::cdk {

void TemplateBuilder::add_resource(const ConstructPath& path, std::string_view type,
                                   json::object properties, const json::object& attributes) {
    json::object resource{{"Type", type}, {"Properties", std::move(properties)}};
    for (const auto& attribute : attributes) resource.insert(attribute);
    if (path_metadata_) {
        const auto text = fmt::format("{}/{}", stack_name_, fmt::join(path, "/"));
        resource["Metadata"] = json::object{{"aws:cdk:path", text}};
    }
    resources_.emplace(logical_id(path), std::move(resource));
}

void TemplateBuilder::add_output(std::string_view name, std::string_view description,
                                 json::value value) {
    outputs_.emplace(name, json::object{{"Description", description}, {"Value", std::move(value)}});
}

json::object TemplateBuilder::build(std::string_view description) && {
    return {{"AWSTemplateFormatVersion", "2010-09-09"},
            {"Description", description},
            {"Resources", std::move(resources_)},
            {"Outputs", std::move(outputs_)}};
}

}  // namespace dsdash::cdk
