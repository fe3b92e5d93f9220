#include "functions/control_plane_api.hpp"

#include <optional>

namespace dsdash::functions {

namespace {

/// How long to wait before `operation` is called again; nothing when that cannot help.
std::optional<std::chrono::microseconds> pause_after(const Error& error, std::string_view operation,
                                                     int attempt) {
    if (error.code.starts_with("Throttling")) return std::chrono::seconds(1);
    const bool collided = error.code == kConcurrentModification && operation != "PutPermission";
    return collided ? std::optional(pause_after_collision(attempt)) : std::nullopt;
}

}  // namespace

std::chrono::microseconds pause_after_collision(int attempt) {
    constexpr std::chrono::milliseconds kFirst{50};
    return kFirst * (1 << (attempt - 1));
}

void ControlPlaneApi::wait_for_turn() {
    if (recent_.size() == kControlCallsPerSecondMax) {
        clock_.sleep_until(recent_.front() + std::chrono::seconds(1));
        recent_.pop_front();
    }
    recent_.push_back(clock_.now());
}

Result<json::object> ControlPlaneApi::call(std::string_view service, std::string_view operation,
                                           const json::object& input) {
    for (int attempt = 1;; ++attempt) {
        wait_for_turn();
        auto answer = api_.call(service, operation, input);
        if (answer || attempt == kControlAttemptsMax) return answer;
        const auto pause = pause_after(answer.error(), operation, attempt);
        if (!pause) return answer;
        clock_.sleep_until(clock_.now() + *pause);
    }
}

}  // namespace dsdash::functions
