#pragma once

#include <chrono>
#include <functional>

#include "services/aws_api.hpp"
#include "services/event_bus.hpp"

namespace dsdash::aws {

/// The account's default event bus through EventBridge's API. Between attempts to put refused
/// entries again it waits 100 ms, then 200 ms.
class AwsEventBus final : public EventBus {
  public:
    using Wait = std::function<void(std::chrono::milliseconds)>;

    /// `wait` passes the time; empty: the thread sleeps.
    explicit AwsEventBus(AwsApi& api, Wait wait = {});

    std::vector<Result<std::string>> put_events(std::span<const EventEntry> entries) override;

  private:
    using Answers = std::vector<Result<std::string>>;

    void put_call(std::span<const EventEntry> entries, std::span<const std::size_t> indexes,
                  Answers& answers);

    AwsApi& api_;
    Wait wait_;
};

}  // namespace dsdash::aws
