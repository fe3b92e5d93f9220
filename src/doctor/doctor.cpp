#include "doctor/doctor.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "doctor/spoke_checks.hpp"
#include "doctor/stack_checks.hpp"
#include "domain/contract.hpp"
#include "functions/control_plane_api.hpp"
#include "functions/registrations.hpp"

namespace dsdash::doctor {

namespace {

using functions::Role;

constexpr std::string_view kSelf = "self";
/// Enough to tell who is heard of; a flooded quarantine holds many more of the same.
constexpr std::size_t kQuarantinedMax = 1'000;

class Examination {
  public:
    Examination(const Patient& patient, const Commands& commands, const ExaminationOptions& options)
        : patient_(patient),
          commands_(commands),
          options_(options),
          aws_(patient.aws, patient.clock),
          self_(findings_, patient.aws.account(), kSelf) {}

    Result<Findings> run() {
        const auto registrations = functions::read_registrations(patient_.parameters);
        if (!registrations) return std::unexpected(registrations.error());
        const auto monitors = functions::read_monitors(patient_.parameters);
        if (!monitors) return std::unexpected(monitors.error());
        const auto is_hub = plays(registrations, contract::kArchiveFunction);
        if (!is_hub) return std::unexpected(is_hub.error());
        const auto is_spoke = plays(monitors, contract::kExtractionFunction);
        if (!is_spoke) return std::unexpected(is_spoke.error());
        if (!*is_hub && !*is_spoke) {
            self_.wrong("stack", "neither a hub's nor a spoke's is here",
                        commands_.deploy("hub", {}));
            return std::move(findings_);
        }
        auto done = check_connection_function(aws_, *is_hub ? "hub" : "spoke", commands_, self_);
        if (done && *is_hub) done = examine_hub(*registrations);
        if (done && *is_spoke) done = examine_spoke(*monitors);
        if (!done) return std::unexpected(std::move(done.error()));
        return std::move(findings_);
    }

  private:
    /// Whether the account plays the part that these parameters or this function belong to.
    template <class T>
    Result<bool> plays(const Result<functions::Configured<T>>& configured,
                       std::string_view function) {
        if (!configured->valid.empty() || !configured->invalid.empty()) return true;
        const auto found = find_function(aws_, function);
        if (!found) return std::unexpected(found.error());
        return found->has_value();
    }

    void note_invalid(const std::vector<functions::InvalidParameter>& parameters) {
        for (const auto& parameter : parameters) {
            self_.wrong("parameter", fmt::format("{}: {}", parameter.name, parameter.message),
                        commands_.put_parameter(parameter.name, "<account id>"));
        }
    }

    /// Those of the account, as far as they may be looked at.
    Result<void> read_dead_letters(Connections& connections) {
        auto letters = patient_.dead_letters.list();
        if (!letters && letters.error().kind != ErrorKind::denied) {
            return std::unexpected(std::move(letters.error()));
        }
        if (letters) {
            std::erase_if(*letters, [](const DeadLetter& letter) {
                return letter.kind != DeadLetter::Kind::delivery;
            });
        }
        connections.dead_letters = std::move(letters);
        return {};
    }

    Result<void> examine_hub(const functions::Configured<functions::Registration>& registered) {
        note_invalid(registered.invalid);
        if (auto checked = check_hub_stack(aws_, commands_, self_); !checked) return checked;
        auto connections = read_connections(aws_, Role::spoke);
        if (!connections) return std::unexpected(std::move(connections.error()));
        HubView view{.own = patient_.aws.account(),
                     .registrations = registered.valid,
                     .connections = std::move(*connections),
                     .latest = {},
                     .reports = {},
                     .quarantined = {},
                     .has_pinged = false,
                     .ping_round = {},
                     .now = patient_.clock.now(),
                     .stale_after = options_.stale_after};
        if (auto read = read_records(view); !read) return read;
        // Behind the ping, whose own may be among them.
        if (auto read = read_dead_letters(view.connections); !read) return read;
        for (const auto& account : spokes_of(view)) {
            Notes notes(findings_, account, role_name(Role::spoke));
            check_spoke(view, commands_, notes);
        }
        return {};
    }

    /// What the hub has stored, after it has pinged. Without its tables, nothing has arrived.
    Result<void> read_records(HubView& view) {
        const auto found = patient_.records.pongs();
        if (!found && found.error().kind == ErrorKind::not_found) {
            self_.wrong("table", fmt::format("{} is not there", contract::kHubStateTable),
                        commands_.deploy("hub", {}));
            return {};
        }
        if (!found) return std::unexpected(found.error());
        self_.well("table", std::string(contract::kHubStateTable));
        if (options_.ping) {
            auto round = ping(reachable(view), options_.ping_timeout, patient_.bus,
                              patient_.records, patient_.clock, patient_.uuids);
            if (!round) return std::unexpected(std::move(round.error()));
            view.ping_round = std::move(*round);
            view.has_pinged = true;
        }
        auto latest = patient_.records.latest();
        if (!latest) return std::unexpected(std::move(latest.error()));
        view.latest = std::move(*latest);
        auto reports = patient_.records.reports();
        if (!reports) return std::unexpected(std::move(reports.error()));
        view.reports = std::move(*reports);
        auto quarantined = patient_.records.quarantined(kQuarantinedMax);
        if (!quarantined) return std::unexpected(std::move(quarantined.error()));
        // There is no way out of the quarantine for what is nobody's: old events are let rest.
        std::erase_if(*quarantined, [&](const QuarantinedEvent& event) {
            return view.now - event.time > options_.stale_after;
        });
        view.quarantined = std::move(*quarantined);
        return {};
    }

    /// Those of the registered accounts that a ping gets to.
    std::set<AccountId> reachable(const HubView& view) const {
        std::set<AccountId> accounts;
        for (const auto& registration : view.registrations) {
            const auto& account = registration.account;
            if (account == view.own || is_forwarded_to(view.connections, account)) {
                accounts.insert(account);
            }
        }
        return accounts;
    }

    Result<void> examine_spoke(const functions::Configured<functions::Monitor>& monitors) {
        note_invalid(monitors.invalid);
        if (auto checked = check_spoke_stack(aws_, commands_, self_); !checked) return checked;
        auto connections = read_connections(aws_, Role::hub);
        if (!connections) return std::unexpected(std::move(connections.error()));
        if (auto read = read_dead_letters(*connections); !read) return read;

        std::map<AccountId, std::string> hubs;
        for (const auto& account : connected_accounts(*connections)) hubs[account];
        for (const auto& monitor : monitors.valid) hubs[monitor.account] = monitor.name;
        if (hubs.empty()) {
            self_.wrong("parameter", "no hub is named below /monitors/",
                        commands_.put_parameter("/monitors/<hub>", "<the hub's account id>"));
        }
        for (const auto& [account, name] : hubs) {
            Notes notes(findings_, account, role_name(Role::hub));
            check_hub(*connections, name, notes);
        }
        return {};
    }

    void check_hub(const Connections& connections, const std::string& name, Notes& notes) {
        if (name.empty()) {
            notes.wrong("parameter", "it is connected, but no parameter below /monitors/ names it",
                        commands_.disconnect_from(notes.account()));
            return;
        }
        notes.well("parameter", fmt::format("{}{}", contract::kMonitorsPath, name));
        if (notes.account() == patient_.aws.account()) return;
        check_own_side(connections, commands_, notes);
        check_far_side(connections, false, commands_, notes);
    }

    const Patient& patient_;
    const Commands& commands_;
    const ExaminationOptions& options_;
    functions::ControlPlaneApi aws_;
    Findings findings_;
    Notes self_;
};

}  // namespace

Result<Findings> examine(const Patient& patient, const Commands& commands,
                         const ExaminationOptions& options) {
    return Examination(patient, commands, options).run();
}

}  // namespace dsdash::doctor
