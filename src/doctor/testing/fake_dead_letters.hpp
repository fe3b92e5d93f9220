#pragma once

#include <optional>

#include "services/dead_letters.hpp"

namespace dsdash::doctor {

/// Dead letters to look at. For tests only.
class FakeDeadLetters final : public DeadLetters {
  public:
    Result<std::vector<DeadLetter>> list() override {
        if (failure) return std::unexpected(*failure);
        return letters;
    }
    Result<Replay> replay(std::span<const std::string> /*ids*/) override { return Replay{}; }
    Result<Replay> replay_all() override { return Replay{}; }

    std::vector<DeadLetter> letters;
    std::optional<Error> failure;
};

}  // namespace dsdash::doctor
