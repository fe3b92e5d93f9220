#pragma once

#include "services/aws_api.hpp"
#include "services/parameter_store.hpp"

namespace dsdash::aws {

/// Systems Manager Parameter Store through its API.
class AwsParameterStore final : public ParameterStore {
  public:
    explicit AwsParameterStore(AwsApi& api) : api_(api) {}

    Result<Parameter> get(std::string_view name) override;
    Result<std::vector<Parameter>> list_by_path(std::string_view path) override;

  private:
    AwsApi& api_;
};

}  // namespace dsdash::aws
