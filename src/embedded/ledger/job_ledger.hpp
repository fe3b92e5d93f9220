#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "embedded/ledger/ledger_query.hpp"
#include "embedded/storage/account_parts.hpp"

namespace dsdash::embedded {

/// A training job that `dsdash job run` started, or still runs.
struct TrainingJob {
    std::string name;
    std::vector<std::string> command;
    std::string status;          ///< InProgress, Completed, Failed or Stopped
    std::string failure_reason;  ///< empty unless something is to be said
    TimePoint created;
    TimePoint last_modified;
    std::optional<TimePoint> ended;  ///< unless it is InProgress
};

/// What the account's training jobs did. The command runs in the CLI, which tells the ledger that
/// it is alive, and how it ended. A job that was not heard of for kSilenceMax (counted from the
/// start of `serve` at the earliest, which before could not hear) is Failed from that moment on,
/// with that reason. If its CLI was only held up, say by a machine put to sleep, heartbeats are
/// refused from then on, but the end that it reports is the truth and replaces the verdict.
class JobLedger {
  public:
    static constexpr std::chrono::seconds kSilenceMax{30};

    explicit JobLedger(const AccountParts& parts);
    static const char* schema();

    /// conflict (ResourceInUse) when there is a job of that name, unless it was started with the
    /// same `client_token`: then the answer to the first attempt got lost. malformed_input for a
    /// name that is not SageMaker's ([a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}), a command of no or too many
    /// bytes, or a token of more than 64.
    Result<TrainingJob> start(std::string_view name, const std::vector<std::string>& command,
                              std::string_view client_token = {});
    /// not_found, and conflict when it ended or was given up.
    Result<void> heartbeat(std::string_view name);
    /// Ends a job as Completed, Failed or Stopped. Saying the same again changes nothing; saying
    /// something else of a job that has ended is a conflict.
    Result<void> finish(std::string_view name, std::string_view status, std::string_view reason);

    Result<std::optional<TrainingJob>> find(std::string_view name);
    Result<LedgerPage<TrainingJob>> list(const LedgerQuery& query);

  private:
    Result<void> give_up_silent_jobs();

    AccountParts parts_;
    TimePoint listening_since_;
};

}  // namespace dsdash::embedded
