#pragma once

#include <memory>
#include <string_view>

#include "domain/json.hpp"

namespace dsdash {

/// What TestEventPattern takes (API reference); a rule's is shorter.
inline constexpr std::size_t kEventPatternCharactersMax = 4096;

/// A compiled EventBridge event pattern. Immutable; any thread may match with it.
class EventPattern {
  public:
    /// malformed_input (code InvalidEventPatternException) with the reason and the position for
    /// what EventBridge refuses:
    /// docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html. Patterns over
    /// `characters_max` and $or products over 1,000 are refused too.
    static Result<EventPattern> parse(std::string_view text,
                                      std::size_t characters_max = kEventPatternCharactersMax);

    /// Whether `event` (the whole envelope, with detail as an object) matches.
    [[nodiscard]] bool matches(const json::object& event) const;

  private:
    struct Compiled;
    explicit EventPattern(std::shared_ptr<const Compiled> compiled)
        : compiled_(std::move(compiled)) {}
    std::shared_ptr<const Compiled> compiled_;
};

}  // namespace dsdash
