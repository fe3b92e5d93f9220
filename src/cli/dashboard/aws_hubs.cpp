#include "cli/dashboard/aws_hubs.hpp"

#include <fmt/format.h>

#include "cli/client/fetch_call.hpp"
#include "cli/client/permission_hint.hpp"
#include "cli/dead_letters/dead_letters.hpp"
#include "mirror/hub_mirror.hpp"

namespace dsdash::cli {

void AwsHubs::learn(AccountFacts facts) {
    const std::lock_guard lock(mutex_);
    facts_ = std::move(facts);
}

void AwsHubs::note_failure(std::optional<Error> failure) {
    const std::lock_guard lock(mutex_);
    failure_ = std::move(failure);
}

Result<void> AwsHubs::check(const AccountId& id) const {
    if (id == parts_.summary.id) {
        return {};
    }
    return fail(ErrorKind::not_found,
                fmt::format("account {} is not the hub that is shown", id.text()));
}

Result<std::vector<dashboard::HubSummary>> AwsHubs::hubs() {
    return std::vector{parts_.summary};
}

Result<dashboard::Hub> AwsHubs::find(const AccountId& id) {
    if (auto checked = check(id); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    auto& records = parts_.mirror.records();
    const std::lock_guard lock(mutex_);
    return dashboard::Hub{parts_.summary, records, records, parts_.mirror.state(),
                          facts_.refresh_interval};
}

Result<std::vector<functions::Registration>> AwsHubs::registrations(const AccountId& id) {
    if (auto checked = check(id); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    const std::lock_guard lock(mutex_);
    return facts_.registrations;
}

Result<std::vector<DeadLetter>> AwsHubs::dead_letters(const AccountId& id) {
    if (auto checked = check(id); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    const auto events =
        parts_.mirror.state().quarantined(std::nullopt, mirror::HubMirror::kQuarantinedMax);
    if (!events) {
        return std::unexpected(events.error());
    }
    std::vector<DeadLetter> letters;
    {
        const std::lock_guard lock(mutex_);
        letters = facts_.deliveries;
    }
    for (const auto& event : *events) {
        letters.push_back(dead_letter_of(event));
    }
    return letters;
}

Result<doctor::Findings> AwsHubs::examine(const AccountId& id) {
    if (auto checked = check(id); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    const auto polled = parts_.mirror.polled();
    if (!polled) {
        return std::unexpected(polled.error());
    }
    const std::lock_guard lock(mutex_);
    auto findings = facts_.findings;
    if (failure_) {
        const auto since = *polled ? format_extraction_date(**polled).substr(0, 19) : "no time";
        auto message = fmt::format("what is shown is of {} UTC: {}", since, failure_->message);
        if (!failure_->hint.empty()) {
            message += fmt::format(" – {}", failure_->hint);
        }
        findings.push_back({.account = id,
                            .role = "self",
                            .check = std::string(dashboard::kUpToDateCheck),
                            .state = doctor::Finding::State::wrong,
                            .message = std::move(message),
                            .command = {}});
    }
    return findings;
}

Result<Fetch> AwsHubs::ask_for_new_data(const AccountId& id) {
    if (auto checked = check(id); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    // A request that takes longer has lost whoever asked.
    constexpr std::chrono::seconds kTimeout{30};
    const std::lock_guard lock(asking_);
    parts_.asking.set_deadline(parts_.clock.now() + kTimeout);
    auto fetch = cli::ask_for_new_data(parts_.asking);
    if (!fetch) {
        return std::unexpected(with_permission_hint(std::move(fetch.error())));
    }
    hurry_();
    return fetch;
}

}  // namespace dsdash::cli
