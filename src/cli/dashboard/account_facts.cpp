#include "cli/dashboard/account_facts.hpp"

#include <algorithm>

#include "aws/event_bus.hpp"
#include "aws/parameter_store.hpp"
#include "cli/client/permission_hint.hpp"
#include "cli/dead_letters/dead_letters.hpp"
#include "functions/refresh_schedule.hpp"

namespace dsdash::cli {

namespace {

/// Dead letters that were listed before, or the error that this ended with.
class ListedDeadLetters final : public DeadLetters {
  public:
    explicit ListedDeadLetters(const Result<std::vector<DeadLetter>>& listed) : listed_(listed) {}

    Result<std::vector<DeadLetter>> list() override { return listed_; }
    Result<Replay> replay(std::span<const std::string>) override { return replay_all(); }
    Result<Replay> replay_all() override {
        return fail(ErrorKind::malformed_input, "these are for reading only");
    }

  private:
    const Result<std::vector<DeadLetter>>& listed_;
};

Result<std::vector<DeadLetter>> list_deliveries(AwsApi& api) {
    auto letters = dead_letters_of(api)->list();
    if (letters) {
        std::erase_if(*letters, [](const DeadLetter& letter) {
            return letter.kind != DeadLetter::Kind::delivery;
        });
    }
    return letters;
}

doctor::Finding not_allowed(const AccountId& account, std::string_view check, const Error& error) {
    const auto hinted = with_permission_hint(error);
    return {.account = account,
            .role = "self",
            .check = std::string(check),
            .state = doctor::Finding::State::unknown,
            .message = "it may not be looked at: " + hinted.message +
                       (hinted.hint.empty() ? "" : " – " + hinted.hint),
            .command = {}};
}

}  // namespace

Result<void> read_settings(AwsApi& api, AccountFacts& facts) {
    aws::AwsParameterStore parameters(api);
    auto configured = functions::read_registrations(parameters);
    if (!configured) {
        return std::unexpected(std::move(configured.error()));
    }
    const auto interval = functions::read_refresh_interval(api);
    if (!interval && interval.error().kind != ErrorKind::denied) {
        return std::unexpected(interval.error());
    }
    facts.registrations = std::move(configured->valid);
    // Without it a series' own history tells how often it gets a value.
    facts.refresh_interval = interval.value_or(std::nullopt);
    return {};
}

Result<void> examine_account(AwsApi& api, doctor::HubRecords& records,
                             const doctor::Commands& commands, const Clock& clock,
                             UuidSource& uuids, AccountFacts& facts) {
    const auto deliveries = list_deliveries(api);
    if (!deliveries && deliveries.error().kind != ErrorKind::denied) {
        return std::unexpected(deliveries.error());
    }
    aws::AwsParameterStore parameters(api);
    aws::AwsEventBus bus(api);
    ListedDeadLetters listed(deliveries);
    auto findings = doctor::examine({api, parameters, bus, records, listed, clock, uuids}, commands,
                                    {.ping = false});
    if (!findings && findings.error().kind != ErrorKind::denied) {
        return std::unexpected(std::move(findings.error()));
    }
    facts.deliveries = deliveries.value_or(std::vector<DeadLetter>{});
    facts.findings = findings.value_or(doctor::Findings{});
    if (!findings) {
        facts.findings.push_back(not_allowed(api.account(), "examination", findings.error()));
    }
    if (!deliveries) {
        facts.findings.push_back(not_allowed(api.account(), "dead letters", deliveries.error()));
    }
    return {};
}

}  // namespace dsdash::cli
