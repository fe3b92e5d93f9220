#pragma once

#include "doctor/commands.hpp"
#include "doctor/finding.hpp"
#include "doctor/hub_records.hpp"
#include "services/aws_api.hpp"
#include "services/clock.hpp"
#include "services/dead_letters.hpp"
#include "services/event_bus.hpp"
#include "services/parameter_store.hpp"
#include "services/uuid.hpp"

namespace dsdash::doctor {

/// The account that is examined, in whichever home.
struct Patient {
    AwsApi& aws;
    ParameterStore& parameters;
    EventBus& bus;
    HubRecords& records;
    DeadLetters& dead_letters;
    const Clock& clock;
    UuidSource& uuids;
};

struct ExaminationOptions {
    bool ping = true;                       ///< whether a hub pings its spokes
    std::chrono::seconds ping_timeout{10};  ///< how long answers are waited for
    std::chrono::hours stale_after{24};     ///< how old a spoke's newest metric may be
};

/// Examines the account as the hub, as the spoke or as both that it is, and says for itself and for
/// each account that it is connected with what is right, what is wrong, and which command mends it.
/// Changes nothing but that a hub pings its spokes. An error means that the account could not be
/// examined: unreachable, or denied with the permission that is missing.
Result<Findings> examine(const Patient& patient, const Commands& commands,
                         const ExaminationOptions& options);

}  // namespace dsdash::doctor
