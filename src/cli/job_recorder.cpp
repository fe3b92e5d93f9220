#include "cli/job_recorder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/utf8.hpp"
#include "services/uuid.hpp"

namespace dsdash::cli {

namespace {

constexpr std::chrono::milliseconds kPauseMax{5'000};
/// SageMaker's limit of FailureReason.
constexpr std::size_t kReasonBytesMax = 1024;

json::array printable_words(const std::vector<std::string>& command) {
    json::array words;
    for (const auto& word : command) {
        words.emplace_back(replace_invalid_utf8(word));
    }
    return words;
}

}  // namespace

JobRecorder::JobRecorder(AwsApi& api, std::string job_name, Warn warn, Options options)
    : api_(api), job_name_(std::move(job_name)), warn_(std::move(warn)), options_(options) {}

JobRecorder::~JobRecorder() = default;

Result<void> JobRecorder::start(const std::vector<std::string>& command) {
    const json::object input{{"JobName", job_name_},
                             {"Command", printable_words(command)},
                             {"ClientToken", RandomUuidSource().next()}};
    if (const auto started = api_.call("dsdash", "StartJob", input); !started) {
        return std::unexpected(started.error());
    }
    heartbeat_ = std::jthread([this](const std::stop_token& stop) { beat(stop); });
    return {};
}

void JobRecorder::beat(const std::stop_token& stop) {
    bool warned = false;
    while (true) {
        {
            std::unique_lock lock(mutex_);
            stopped_.wait_for(lock, stop, options_.heartbeat_every, [] { return false; });
        }
        if (stop.stop_requested()) {
            return;
        }
        tell_heartbeat(warned);
    }
}

void JobRecorder::tell_heartbeat(bool& warned) {
    const auto told = api_.call("dsdash", "HeartbeatJob", {{"JobName", job_name_}});
    if (!told && !warned) {
        warn_(fmt::format("the job goes on, but its heartbeat is not heard: {}",
                          told.error().message));
    } else if (told && warned) {
        warn_("the job's heartbeat is heard again");
    }
    warned = !told;
}

Result<void> JobRecorder::finish(std::string_view status, std::string_view reason) {
    heartbeat_.request_stop();
    if (heartbeat_.joinable()) {
        heartbeat_.join();
    }
    json::object input{{"JobName", job_name_}, {"Status", status}};
    if (!reason.empty()) {
        input["FailureReason"] = clip_utf8(replace_invalid_utf8(reason), kReasonBytesMax);
    }
    const auto give_up_at = std::chrono::steady_clock::now() + options_.finish_for;
    auto pause = options_.first_pause;
    bool warned = false;
    while (true) {
        const auto finished = api_.call("dsdash", "FinishJob", input);
        if (finished) {
            return {};
        }
        const auto now = std::chrono::steady_clock::now();
        if (!is_retryable(finished.error().kind) || now + pause > give_up_at) {
            return std::unexpected(finished.error());
        }
        if (!std::exchange(warned, true)) {
            warn_(fmt::format("the job has ended, but that cannot be recorded yet: {}",
                              finished.error().message));
        }
        if (options_.interrupted_within(pause)) {
            return std::unexpected(finished.error());
        }
        pause = std::min(pause * 2, kPauseMax);
    }
}

}  // namespace dsdash::cli
