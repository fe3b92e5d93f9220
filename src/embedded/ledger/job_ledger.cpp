#include "embedded/ledger/job_ledger.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/json.hpp"
#include "embedded/ledger/ledger_name.hpp"
#include "embedded/storage/stored_time.hpp"

namespace dsdash::embedded {

namespace {

constexpr std::size_t kCommandBytesMax = 16 * 1024;
constexpr std::size_t kReasonBytesMax = 1'024;    // SageMaker's FailureReason
constexpr std::size_t kClientTokenBytesMax = 64;  // as of most AWS operations that take one

std::vector<std::string> read_command(std::string_view text) {
    std::vector<std::string> command;
    JsonElements elements(text);
    while (auto element = elements.next()) command.push_back(decode_json_string(*element));
    return command;
}

std::string command_text(const std::vector<std::string>& command) {
    return json::serialize(json::array(command.begin(), command.end()));
}

/// Column 0 is the row's position in a list.
TrainingJob read_row(const Rows& row) {
    return {.name = std::string(row.text(1)),
            .command = read_command(row.text(2)),
            .status = std::string(row.text(3)),
            .failure_reason = std::string(row.text(4)),
            .created = from_micros(row.integer(5)),
            .last_modified = from_micros(row.integer(6)),
            .ended = row.is_null(7) ? std::nullopt : std::optional(from_micros(row.integer(7)))};
}

Result<std::optional<TrainingJob>> find_job(Database& database, std::string_view name) {
    Rows rows = database.query("SELECT '', * FROM training_job WHERE name = ?", name);
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::nullopt;
    return read_row(rows);
}

std::unexpected<Error> no_such_job(std::string_view name) {
    return fail(ErrorKind::not_found, fmt::format("There is no job {}.", name), "ResourceNotFound");
}

/// Whether the job of that name was started with this token.
Result<bool> was_started_with(Database& database, std::string_view name, std::string_view token) {
    if (token.empty()) return false;
    return database
        .query("SELECT 1 FROM training_job WHERE name = ? AND client_token = ?", name, token)
        .next();
}

Result<void> insert(Database& database, const TrainingJob& job, std::string_view client_token) {
    const std::int64_t now = to_micros(job.created);
    auto inserted = database.run(
        "INSERT INTO training_job VALUES (?, ?, 'InProgress', '', ?3, ?3, NULL, ?3, 0, ?4)"
        " ON CONFLICT DO NOTHING",
        job.name, command_text(job.command), now, client_token);
    if (!inserted) return std::unexpected(inserted.error());
    if (*inserted == 0) {
        auto repeated = was_started_with(database, job.name, client_token);
        if (!repeated) return std::unexpected(repeated.error());
        if (*repeated) return {};
        return fail(
            ErrorKind::conflict,
            fmt::format("A job named {} exists already; job names are used once.", job.name),
            "ResourceInUse");
    }
    return {};
}

/// Why a heartbeat or an end of a job that is not in progress is refused.
std::unexpected<Error> refuse_change(Database& database, std::string_view name) {
    auto job = find_job(database, name);
    if (!job) return std::unexpected(job.error());
    if (!*job) return no_such_job(name);
    return fail(ErrorKind::conflict,
                fmt::format("Job {} is {} already.{}{}", name, (*job)->status,
                            (*job)->failure_reason.empty() ? "" : " ", (*job)->failure_reason),
                "ResourceInUse");
}

Result<void> end_job(Database& database, std::string_view name, std::string_view status,
                     std::string_view reason, TimePoint now) {
    auto changed = database.run(
        "UPDATE training_job SET status = ?2, failure_reason = ?3, modified = ?4, ended = ?4,"
        " given_up = 0 WHERE name = ?1 AND (status = 'InProgress' OR given_up = 1)",
        name, status, reason, to_micros(now));
    if (!changed) return std::unexpected(changed.error());
    if (*changed > 0) return {};
    auto job = find_job(database, name);
    if (!job) return std::unexpected(job.error());
    // The answer to the first attempt got lost.
    if (*job && (*job)->status == status && (*job)->failure_reason == reason) return {};
    return refuse_change(database, name);
}

}  // namespace

const char* JobLedger::schema() {
    return "CREATE TABLE IF NOT EXISTS training_job("
           "  name TEXT PRIMARY KEY, command TEXT NOT NULL, status TEXT NOT NULL,"
           "  failure_reason TEXT NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL,"
           "  ended INTEGER, heard INTEGER NOT NULL, given_up INTEGER NOT NULL,"
           "  client_token TEXT NOT NULL) WITHOUT ROWID;"
           "CREATE INDEX IF NOT EXISTS training_job_by_time ON training_job(created, name);"
           "CREATE INDEX IF NOT EXISTS training_job_in_progress ON training_job(heard)"
           "  WHERE status = 'InProgress';";
}

JobLedger::JobLedger(const AccountParts& parts)
    : parts_(parts), listening_since_(parts.clock.now()) {}

Result<TrainingJob> JobLedger::start(std::string_view name, const std::vector<std::string>& command,
                                     std::string_view client_token) {
    if (auto named = check_ledger_name("JobName", name); !named) {
        return std::unexpected(named.error());
    }
    if (command.empty() || command_text(command).size() > kCommandBytesMax) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("Command must have at least one element and at most {} bytes",
                                kCommandBytesMax));
    }
    if (client_token.size() > kClientTokenBytesMax) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("ClientToken must be at most {} bytes long", kClientTokenBytesMax));
    }
    const TimePoint now = parts_.clock.now();
    TrainingJob job{std::string(name), command, "InProgress", "", now, now, std::nullopt};
    auto inserted = parts_.writer.write<void>(
        [&](Database& database) { return insert(database, job, client_token); });
    if (!inserted) return std::unexpected(inserted.error());
    return job;
}

Result<void> JobLedger::heartbeat(std::string_view name) {
    if (auto settled = give_up_silent_jobs(); !settled) return settled;
    return parts_.writer.write<void>([&](Database& database) -> Result<void> {
        auto heard = database.run(
            "UPDATE training_job SET heard = ? WHERE name = ? AND status = 'InProgress'",
            to_micros(parts_.clock.now()), name);
        if (!heard) return std::unexpected(heard.error());
        if (*heard > 0) return {};
        return refuse_change(database, name);
    });
}

Result<void> JobLedger::finish(std::string_view name, std::string_view status,
                               std::string_view reason) {
    if (status != "Completed" && status != "Failed" && status != "Stopped") {
        return fail(ErrorKind::malformed_input, "Status must be Completed, Failed or Stopped");
    }
    if (reason.size() > kReasonBytesMax) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("FailureReason must be at most {} bytes long", kReasonBytesMax));
    }
    return parts_.writer.write<void>([&](Database& database) {
        return end_job(database, name, status, reason, parts_.clock.now());
    });
}

Result<std::optional<TrainingJob>> JobLedger::find(std::string_view name) {
    if (auto settled = give_up_silent_jobs(); !settled) return std::unexpected(settled.error());
    return parts_.reads.read<std::optional<TrainingJob>>(
        [&](Database& database) { return find_job(database, name); });
}

Result<LedgerPage<TrainingJob>> JobLedger::list(const LedgerQuery& query) {
    if (auto settled = give_up_silent_jobs(); !settled) return std::unexpected(settled.error());
    return parts_.reads.read<LedgerPage<TrainingJob>>([&](Database& database) {
        return read_ledger_page<TrainingJob>(database, "training_job", query, read_row);
    });
}

Result<void> JobLedger::give_up_silent_jobs() {
    constexpr std::int64_t kSilenceMicros = std::chrono::microseconds(kSilenceMax).count();
    const std::int64_t silent_since = to_micros(parts_.clock.now()) - kSilenceMicros;
    const std::int64_t listening = to_micros(listening_since_);
    if (listening > silent_since) return {};
    auto any = parts_.reads.read<bool>([&](Database& database) {
        return database
            .query("SELECT 1 FROM training_job WHERE status = 'InProgress' AND heard <= ?",
                   silent_since)
            .next();
    });
    if (!any) return std::unexpected(any.error());
    if (!*any) return {};
    return parts_.writer.write<void>([&](Database& database) -> Result<void> {
        auto given_up = database.run(
            "UPDATE training_job SET status = 'Failed', given_up = 1, failure_reason = ?1,"
            " modified = max(heard, ?2) + ?3, ended = max(heard, ?2) + ?3"
            " WHERE status = 'InProgress' AND heard <= ?4",
            fmt::format("The job was not heard of for {} s.", kSilenceMax.count()), listening,
            kSilenceMicros, silent_since);
        if (!given_up) return std::unexpected(given_up.error());
        return {};
    });
}

}  // namespace dsdash::embedded
