#pragma once

#include "cli/dead_letters/sqs_queue.hpp"
#include "services/aws_api.hpp"
#include "services/dead_letters.hpp"
#include "services/hub_state.hpp"

namespace dsdash::cli {

/// Those of an account on AWS: the messages in the queues that its stacks made, and what stands in
/// quarantine in the hub's state table. At most kSqsMessagesMax of each are seen at a time. Looking
/// at a message hides it from others for a moment; one that somebody else looks at is not seen.
///
/// A function's event is given to it once more, asynchronously; another account's bus is sent its
/// event as a new one of this account, by the caller. A message leaves its queue after that.
class SqsDeadLetters final : public DeadLetters {
  public:
    explicit SqsDeadLetters(AwsApi& api) : api_(api) {}

    Result<std::vector<DeadLetter>> list() override;
    Result<Replay> replay(std::span<const std::string> ids) override;
    Result<Replay> replay_all() override;

  private:
    struct Source;
    static std::span<const Source> sources();
    class Wanted;

    Result<Replay> replay(Wanted& wanted);
    Result<void> replay_queue(const Source& source, Wanted& wanted, Replay& replay);
    void replay_quarantine(std::span<const QuarantinedEvent> events, Wanted& wanted,
                           Replay& replay);
    Result<void> send(const Source& source, const SqsMessage& message);
    Result<void> put_event(const Event& event, const std::string& bus);
    Result<void> archive(const QuarantinedEvent& quarantined);
    Result<std::vector<QuarantinedEvent>> quarantined();

    AwsApi& api_;
};

}  // namespace dsdash::cli
