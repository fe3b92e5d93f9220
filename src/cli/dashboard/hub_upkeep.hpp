#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "cli/dashboard/aws_hubs.hpp"
#include "mirror/hub_mirror.hpp"
#include "mirror/retry_pace.hpp"

namespace dsdash::cli {

/// Keeps a mirror and what is known of its account up to date, on a thread of its own. What fails
/// is logged once, told to the AwsHubs, and tried again, more and more seldom (RetryPace);
/// meanwhile what is there is shown.
class HubUpkeep {
  public:
    /// How often what is beside the tables is looked at: it takes some fifty calls, and a message
    /// that is looked at in a queue is hidden from others for a moment.
    static constexpr std::chrono::minutes kLookInterval{5};
    /// The same when reports, pongs or quarantined events have come or gone, which it judges.
    static constexpr std::chrono::seconds kLookIntervalMin{30};
    /// After somebody has asked for new data: how often, and for how long, it looks for them.
    static constexpr std::chrono::seconds kHurriedInterval{2};
    static constexpr std::chrono::seconds kHurry{60};

    struct Parts {
        AwsApi& api;  ///< nobody else may use it
        mirror::MirrorFile& mirror;
        AwsHubs& hubs;
        const Clock& clock;
        UuidSource& uuids;
        const doctor::Commands& commands;
        std::chrono::seconds poll_interval;
    };
    explicit HubUpkeep(const Parts& parts);
    /// Ends after the call of AWS that is under way: StoppableAwsApi::kCallTimeout at most.
    ~HubUpkeep();

    /// Reads the newest values and the settings once, then starts the thread. An error of the
    /// network stops it only while the mirror has nothing to show; any other one does.
    Result<void> start();
    /// Somebody waits for new values. Any thread may call it.
    void hurry();

  private:
    using SteadyTime = std::chrono::steady_clock::time_point;
    struct Task {
        std::string_view what;  ///< for the log
        SteadyTime due = {};
        mirror::RetryPace pace = {};
        std::optional<Error> failure = {};
    };

    void run(const std::stop_token& stop);
    /// Runs the first task that is due; none: false.
    bool run_due(const std::stop_token& stop);
    Result<void> poll();
    Result<void> look();
    Result<void> read_on();
    void attempt(Task& task, Result<void> (HubUpkeep::*work)(), const std::stop_token& stop);
    void note_failure(Task& task, Error error);
    [[nodiscard]] SteadyTime next_poll();
    void tell_progress();

    const Parts parts_;
    std::stop_source stop_;
    class CachedRecords;
    std::unique_ptr<AwsApi> api_;
    std::unique_ptr<CachedRecords> records_;
    mirror::HubMirror mirror_;
    AccountFacts facts_;
    Task polling_{.what = "the newest values"};
    Task looking_{.what = "the account"};
    Task reading_{.what = "the history"};
    SteadyTime looked_ = {};
    SteadyTime progress_due_ = {};
    bool has_told_completion_ = false;

    std::mutex mutex_;
    std::condition_variable_any wake_;
    SteadyTime hurry_until_ = {};  // guarded by mutex_
    bool is_hurried_ = false;      // guarded by mutex_
    std::jthread thread_;
};

}  // namespace dsdash::cli
