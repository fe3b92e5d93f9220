#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/result.hpp"

namespace dsdash {

struct Parameter {
    std::string name;
    std::string value;
};

/// The account's Systems Manager Parameter Store.
class ParameterStore {
  public:
    virtual ~ParameterStore() = default;
    /// not_found when there is none of that name.
    virtual Result<Parameter> get(std::string_view name) = 0;
    /// Every parameter below `path` ("/monitors/"), at any depth, all pages, by name.
    virtual Result<std::vector<Parameter>> list_by_path(std::string_view path) = 0;
};

}  // namespace dsdash
