#include "cli/dashboard/hub_upkeep.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <random>

#include "cli/client/permission_hint.hpp"
#include "cli/dashboard/stoppable_aws_api.hpp"

namespace dsdash::cli {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kProgressInterval{5};
/// When nothing is left to be read; poll() may find more.
constexpr std::chrono::minutes kIdle{1};

double random_share() {
    static thread_local std::minstd_rand engine{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(engine);
}

bool is_of_the_network(const Error& error) {
    return error.kind == ErrorKind::unreachable || error.kind == ErrorKind::timed_out ||
           error.kind == ErrorKind::throttled;
}

std::string describe(const Error& error) {
    auto text = error.message;
    if (!error.code.empty()) text += fmt::format(" ({})", error.code);
    if (!error.where.empty()) text += fmt::format(" [{}]", error.where);
    if (!error.hint.empty()) text += fmt::format(" – {}", error.hint);
    return text;
}

}  // namespace

class HubUpkeep::CachedRecords final : public doctor::HubRecords {
  public:
    explicit CachedRecords(mirror::MirrorFile& mirror) : mirror_(mirror) {}
    Result<std::vector<LatestRecord>> latest() override { return mirror_.records().latest(); }
    Result<std::vector<ExtractionReport>> reports() override { return mirror_.state().reports(); }
    Result<std::vector<Pong>> pongs() override { return mirror_.state().pongs(); }
    Result<std::vector<QuarantinedEvent>> quarantined(std::size_t events_max) override {
        return mirror_.state().quarantined(std::nullopt, events_max);
    }

  private:
    mirror::MirrorFile& mirror_;
};

HubUpkeep::HubUpkeep(const Parts& parts)
    : parts_(parts),
      api_(std::make_unique<StoppableAwsApi>(parts_.api, parts_.clock, stop_.get_token())),
      records_(std::make_unique<CachedRecords>(parts_.mirror)),
      mirror_(*api_, parts_.mirror, parts_.clock) {}

HubUpkeep::~HubUpkeep() {
    thread_.request_stop();  // first: it is not to tell of what the other one ends
    stop_.request_stop();
}

Result<void> HubUpkeep::start() {
    const auto polled = parts_.mirror.polled();
    if (!polled) {
        return std::unexpected(polled.error());
    }
    auto ready = read_settings(*api_, facts_);
    if (ready) {
        parts_.hubs.learn(facts_);
        ready = mirror_.poll();
    }
    if (ready) {
        polling_.due = next_poll();
    } else {
        auto error = with_permission_hint(std::move(ready.error()));
        if (!is_of_the_network(error) || !*polled) {
            return std::unexpected(std::move(error));
        }
        note_failure(polling_, std::move(error));
    }
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    return {};
}

void HubUpkeep::hurry() {
    const std::lock_guard lock(mutex_);
    hurry_until_ = steady_clock::now() + kHurry;
    is_hurried_ = true;
    wake_.notify_all();
}

HubUpkeep::SteadyTime HubUpkeep::next_poll() {
    const auto now = steady_clock::now();
    const std::lock_guard lock(mutex_);
    if (now < hurry_until_) return now + std::min(kHurriedInterval, parts_.poll_interval);
    return now + parts_.poll_interval;
}

void HubUpkeep::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const bool has_run = run_due(stop);
        const auto next = std::min({polling_.due, looking_.due, reading_.due});
        std::unique_lock lock(mutex_);
        if (!has_run) wake_.wait_until(lock, stop, next, [this] { return is_hurried_; });
        // A pause after a failure is not cut short: somebody asked for it.
        if (std::exchange(is_hurried_, false) && !polling_.failure) polling_.due = {};
    }
}

bool HubUpkeep::run_due(const std::stop_token& stop) {
    const auto now = steady_clock::now();
    if (polling_.due <= now) {
        attempt(polling_, &HubUpkeep::poll, stop);
    } else if (looking_.due <= now) {
        attempt(looking_, &HubUpkeep::look, stop);
    } else if (reading_.due <= now) {
        attempt(reading_, &HubUpkeep::read_on, stop);
    } else {
        return false;
    }
    return true;
}

void HubUpkeep::attempt(Task& task, Result<void> (HubUpkeep::*work)(),
                        const std::stop_token& stop) {
    auto done = (this->*work)();
    if (stop.stop_requested()) return;
    if (!done) {
        note_failure(task, with_permission_hint(std::move(done.error())));
        return;
    }
    if (!task.failure) return;
    spdlog::info("{}: up to date again", task.what);
    task.failure.reset();
    task.pace.reset();
    parts_.hubs.note_failure(polling_.failure ? polling_.failure : reading_.failure);
}

void HubUpkeep::note_failure(Task& task, Error error) {
    if (!task.failure || task.failure->message != error.message) {
        spdlog::warn("{}: {}; showing what is there, and trying again", task.what, describe(error));
    }
    task.due = steady_clock::now() + task.pace.after_failure(random_share());
    task.failure = std::move(error);
    parts_.hubs.note_failure(polling_.failure ? polling_.failure : reading_.failure);
}

Result<void> HubUpkeep::poll() {
    const auto changes = mirror_.progress().state_changes;
    if (auto polled = mirror_.poll(); !polled) {
        return std::unexpected(std::move(polled.error()));
    }
    if (mirror_.progress().state_changes != changes && !looking_.failure) {
        looking_.due = std::min(looking_.due, looked_ + kLookIntervalMin);
    }
    polling_.due = next_poll();
    if (!reading_.failure) reading_.due = {};
    return {};
}

Result<void> HubUpkeep::look() {
    auto facts = facts_;
    auto looked = read_settings(*api_, facts);
    if (looked) {
        looked =
            examine_account(*api_, *records_, parts_.commands, parts_.clock, parts_.uuids, facts);
    }
    if (!looked) {
        return std::unexpected(std::move(looked.error()));
    }
    facts_ = std::move(facts);
    parts_.hubs.learn(facts_);
    looked_ = steady_clock::now();
    looking_.due = looked_ + kLookInterval;
    return {};
}

Result<void> HubUpkeep::read_on() {
    const auto read = mirror_.step();
    if (!read) {
        return std::unexpected(read.error());
    }
    tell_progress();
    if (!*read) reading_.due = steady_clock::now() + kIdle;
    return {};
}

void HubUpkeep::tell_progress() {
    const auto now = steady_clock::now();
    const auto progress = mirror_.progress();
    if (progress.complete == progress.metrics) {
        if (!std::exchange(has_told_completion_, true) && progress.records > 0) {
            spdlog::info("history: complete; {} records read, {} items left out", progress.records,
                         progress.skipped);
        }
        return;
    }
    has_told_completion_ = false;
    if (now < progress_due_) return;
    progress_due_ = now + kProgressInterval;
    spdlog::info("history: {} of {} metrics complete, all reach back to {}; {} records read",
                 progress.complete, progress.metrics,
                 progress.back_to ? format_extraction_date(*progress.back_to).substr(0, 10) : "now",
                 progress.records);
}

}  // namespace dsdash::cli
