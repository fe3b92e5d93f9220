#pragma once

#include <span>
#include <string>
#include <vector>

#include "domain/result.hpp"
#include "domain/utc_time.hpp"

namespace dsdash {

/// An event that could not be delivered for good, or that the archive put into quarantine.
struct DeadLetter {
    enum class Kind { delivery, quarantine };
    std::string id;  ///< by which it is sent again
    Kind kind = Kind::delivery;
    TimePoint time = {};
    // Of the event; empty when it is the payload of an invocation.
    std::string account = {};
    std::string source = {};
    std::string detail_type = {};
    std::string target_arn = {};  ///< of a delivery
    std::string error_code = {};  ///< as EventBridge writes it: NO_PERMISSIONS, …
    std::string error_message = {};
};

/// What became of dead letters that were to be sent again.
struct Replay {
    struct Failure {
        std::string id;
        std::string reason;
    };
    std::int64_t replayed = 0;
    std::vector<Failure> failures = {};  ///< these are dead letters still
};

/// The dead letters of an account, wherever they lie. Sent again, what had arrived nevertheless is
/// recognised and stored once.
class DeadLetters {
  public:
    virtual ~DeadLetters() = default;
    virtual Result<std::vector<DeadLetter>> list() = 0;
    virtual Result<Replay> replay(std::span<const std::string> ids) = 0;
    virtual Result<Replay> replay_all() = 0;
};

}  // namespace dsdash
