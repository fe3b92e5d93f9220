#pragma once

#include "services/aws_api.hpp"
#include "services/dead_letters.hpp"

namespace dsdash::cli {

/// Those of an account that `dsdash serve` hosts (docs/api.md, "Dead letters").
class ServedDeadLetters final : public DeadLetters {
  public:
    explicit ServedDeadLetters(AwsApi& api) : api_(api) {}

    Result<std::vector<DeadLetter>> list() override;
    Result<Replay> replay(std::span<const std::string> ids) override;
    Result<Replay> replay_all() override;

  private:
    Result<Replay> replay(const json::object& input);

    AwsApi& api_;
};

}  // namespace dsdash::cli
