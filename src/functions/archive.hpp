#pragma once

#include <span>
#include <string>
#include <vector>

#include "functions/services.hpp"

namespace dsdash::functions {

inline constexpr std::string_view kArchiveHandler = "archive";

/// What became of an event that the archive was given.
struct Archived {
    enum class Outcome {
        stored,
        moved,        ///< stored some microseconds later: its date was taken
        duplicate,    ///< it was there already
        report_kept,  ///< an extraction's report
        pong_kept,    ///< an answer to a ping
        quarantined,  ///< not from who it says, or not what it says: kept aside for a person
        ignored,      ///< nothing the archive keeps: fetch events, pings, the hub's own metrics
    };
    Outcome outcome = Outcome::ignored;
    std::string reason;  ///< why it was quarantined or ignored
};

/// ds-dashboard-dynamo-write: keeps what the spokes send. Who sent an event is what its envelope
/// says. A record is stored when that account is registered and the project and environment it
/// claims are not registered to another account; a claim that differs from the registration is
/// stored with "RegistrationWarning" in its Metadata. Everything else is quarantined. Metrics of
/// the hub's own account are ignored unless it has registered itself.
class Archive {
  public:
    explicit Archive(Services& services) : services_(services) {}

    /// One answer an event, in order; an error means that the event should come again. The
    /// registrations are read once and the metric records put together.
    std::vector<Result<Archived>> store(std::span<const Event> events);

  private:
    Services& services_;
};

/// Archives the one event in `payload`. Answers {"EventId","Outcome","Reason"?}.
Result<json::object> run_archive(std::string_view payload, Services& services);

}  // namespace dsdash::functions
