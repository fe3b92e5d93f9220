#include "functions/archive.hpp"

#include <fmt/format.h>

#include <array>

#include "domain/contract.hpp"
#include "functions/ping_event.hpp"
#include "functions/report_event.hpp"
#include "functions/standing.hpp"

namespace dsdash::functions {

namespace {

using Outcome = Archived::Outcome;

constexpr std::size_t kRecordsPerPut = 10'000;  // MetricTable's limit

std::string_view outcome_name(Outcome outcome) {
    constexpr std::array<std::string_view, 7> kNames{
        "stored", "moved", "duplicate", "report_kept", "pong_kept", "quarantined", "ignored"};
    return kNames.at(static_cast<std::size_t>(outcome));
}

Outcome outcome_of(Stored stored) {
    switch (stored) {
        case Stored::inserted:
            return Outcome::stored;
        case Stored::moved:
            return Outcome::moved;
        case Stored::duplicate:
            break;
    }
    return Outcome::duplicate;
}

/// Whether putting the record again would fail again for a reason that lies in the record.
bool is_the_records_fault(ErrorKind kind) {
    return kind == ErrorKind::malformed_input || kind == ErrorKind::conflict;
}

/// `metadata` (JSON text of an object) with one member more. The last of duplicate keys counts, so
/// what a spoke wrote under that key does not.
std::string add_member(std::string_view metadata, std::string_view key, std::string_view text) {
    const auto close = metadata.rfind('}');
    std::string out(metadata.substr(0, close));
    if (JsonMembers(metadata).next()) out += ',';
    append_json_string(out, key);
    out += ':';
    append_json_string(out, text);
    out += '}';
    return out;
}

/// Works through one batch. Lifetime: that of the call to Archive::store.
class Batch {
  public:
    Batch(Services& services, const RegisteredAccounts& registered, std::span<const Event> events)
        : services_(services), registered_(registered), events_(events), answers_(events.size()) {}

    std::vector<Result<Archived>> run() {
        for (std::size_t i = 0; i < events_.size(); ++i) {
            if (is_metric_event(events_[i])) {
                take_metric(i);
            } else if (is_report_event(events_[i])) {
                take_report(i);
            } else if (is_pong_event(events_[i])) {
                take_pong(i);
            } else {
                ignore(i, "neither a metric nor an extraction report nor a pong");
            }
        }
        put_records();
        return std::move(answers_);
    }

  private:
    void ignore(std::size_t i, std::string reason) {
        answers_[i] = Archived{Outcome::ignored, std::move(reason)};
    }

    void quarantine(std::size_t i, std::string reason) {
        const auto kept =
            services_.hub_state.quarantine({events_[i], reason, services_.clock.now()});
        if (!kept) {
            answers_[i] = std::unexpected(kept.error());
            return;
        }
        answers_[i] = Archived{Outcome::quarantined, std::move(reason)};
    }

    /// Whether the account that sent event `i` is one whose events are looked at.
    bool admit(std::size_t i) {
        const auto& account = events_[i].account;
        if (registered_.contains(account)) return true;
        if (account == services_.aws.account()) {
            ignore(i, "the hub's own account is not registered as a monitored project");
        } else {
            quarantine(i, fmt::format("account {} is not registered as a monitored project",
                                      account.text()));
        }
        return false;
    }

    /// How that account's claim to the project and environment stands; nothing, and answered, when
    /// they are another account's.
    std::optional<Standing> admit_claim(std::size_t i, std::string_view project_name,
                                        std::string_view environment) {
        const auto& account = events_[i].account;
        const auto standing = registered_.standing_of(account, project_name, environment);
        if (standing != Standing::of_another_account) return standing;
        quarantine(i, fmt::format("{}/{} is registered to another account than {}", project_name,
                                  environment, account.text()));
        return std::nullopt;
    }

    void take_metric(std::size_t i) {
        if (!admit(i)) return;
        auto record = parse_metric_event(events_[i]);
        if (!record) {
            quarantine(i, record.error().message);
            return;
        }
        const auto& [metric, project, environment, account] = record->series;
        const auto standing = admit_claim(i, project, environment);
        if (!standing) return;
        if (*standing == Standing::differing) {
            record->metadata = add_member(record->metadata, "RegistrationWarning",
                                          fmt::format("account {} is registered as {}", account,
                                                      registered_.names_of(events_[i].account)));
        }
        records_.push_back(std::move(*record));
        record_events_.push_back(i);
    }

    void take_report(std::size_t i) {
        if (!admit(i)) return;
        const auto report = parse_report_event(events_[i]);
        if (!report) {
            quarantine(i, report.error().message);
            return;
        }
        if (!admit_claim(i, report->project_name, report->environment)) return;
        const auto kept = services_.hub_state.put_report(*report);
        if (!kept) {
            answers_[i] = std::unexpected(kept.error());
            return;
        }
        answers_[i] = Archived{Outcome::report_kept, {}};
    }

    /// A pong says nothing but that its account is there: worth keeping for accounts that ought to
    /// be, and for nobody to look at otherwise.
    void take_pong(std::size_t i) {
        if (!registered_.contains(events_[i].account)) {
            ignore(i, "a pong of an account that is not registered");
            return;
        }
        const auto pong = parse_pong_event(events_[i], services_.clock.now());
        const auto kept = pong ? services_.hub_state.put_pong(*pong)
                               : Result<void>(std::unexpected(pong.error()));
        if (kept) {
            answers_[i] = Archived{Outcome::pong_kept, {}};
        } else if (is_the_records_fault(kept.error().kind)) {
            ignore(i, kept.error().message);
        } else {
            answers_[i] = std::unexpected(kept.error());
        }
    }

    void put_records() {
        const auto now = services_.clock.now();
        for (auto& record : records_) {
            record.delivery_delay =
                std::chrono::floor<std::chrono::milliseconds>(now - record.extraction_date);
        }
        const std::span<const MetricRecord> records(records_);
        for (std::size_t first = 0; first < records.size(); first += kRecordsPerPut) {
            const auto count = std::min(kRecordsPerPut, records.size() - first);
            const auto stored = services_.metric_table.put(records.subspan(first, count));
            for (std::size_t k = 0; k < count; ++k) {
                take_stored(record_events_[first + k], stored.at(k));
            }
        }
    }

    void take_stored(std::size_t i, const Result<Stored>& stored) {
        if (stored) {
            answers_[i] = Archived{outcome_of(*stored), {}};
        } else if (is_the_records_fault(stored.error().kind)) {
            quarantine(i, stored.error().message);
        } else {
            answers_[i] = std::unexpected(stored.error());
        }
    }

    Services& services_;
    const RegisteredAccounts& registered_;
    std::span<const Event> events_;
    std::vector<Result<Archived>> answers_;
    std::vector<MetricRecord> records_;
    std::vector<std::size_t> record_events_;  ///< the index of each record's event
};

}  // namespace

std::vector<Result<Archived>> Archive::store(std::span<const Event> events) {
    const auto registrations = read_registrations(services_.parameters);
    if (!registrations) {
        return {events.size(), std::unexpected(registrations.error())};
    }
    const RegisteredAccounts registered(registrations->valid);
    return Batch(services_, registered, events).run();
}

Result<json::object> run_archive(std::string_view payload, Services& services) {
    const auto event = Event::from_json(payload);
    if (!event) return std::unexpected(event.error());
    const auto archived = Archive(services).store({&*event, 1}).front();
    if (!archived) return std::unexpected(archived.error());
    json::object answer{{"EventId", event->id}, {"Outcome", outcome_name(archived->outcome)}};
    if (!archived->reason.empty()) answer["Reason"] = archived->reason;
    return answer;
}

}  // namespace dsdash::functions
