#pragma once

#include <functional>
#include <mutex>

#include "cli/dashboard/account_facts.hpp"
#include "dashboard/hub_directory.hpp"
#include "mirror/mirror_file.hpp"

namespace dsdash::cli {

/// The one hub of an account on AWS, for the dashboard: from its mirror, and from what was last
/// learnt of the account. It calls AWS for new data only, so that it answers whatever AWS does.
class AwsHubs final : public dashboard::HubDirectory {
  public:
    struct Parts {
        dashboard::HubSummary summary;
        mirror::MirrorFile& mirror;
        AwsApi& asking;  ///< nobody else may use it
        const Clock& clock;
    };
    explicit AwsHubs(Parts parts) : parts_(std::move(parts)) {}

    /// Keeps what was learnt.
    void learn(AccountFacts facts);
    /// What keeps the mirror from being up to date; nothing when nothing does.
    void note_failure(std::optional<Error> failure);
    /// Called when a person has asked for new data, on that request's thread.
    void on_fetch(std::function<void()> hurry) { hurry_ = std::move(hurry); }

    Result<std::vector<dashboard::HubSummary>> hubs() override;
    Result<dashboard::Hub> find(const AccountId& id) override;
    Result<std::vector<functions::Registration>> registrations(const AccountId& id) override;
    Result<std::vector<DeadLetter>> dead_letters(const AccountId& id) override;
    /// What was found when the account was last examined, and whether the mirror is up to date.
    Result<doctor::Findings> examine(const AccountId& id) override;
    Result<Fetch> ask_for_new_data(const AccountId& id) override;

  private:
    Result<void> check(const AccountId& id) const;

    const Parts parts_;
    std::function<void()> hurry_ = [] {};
    std::mutex mutex_;
    AccountFacts facts_;            // guarded by mutex_
    std::optional<Error> failure_;  // guarded by mutex_
    std::mutex asking_;             // held while parts_.asking is used
};

}  // namespace dsdash::cli
