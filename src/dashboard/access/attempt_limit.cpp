#include "dashboard/access/attempt_limit.hpp"

#include <arpa/inet.h>

#include <array>

namespace dsdash::dashboard {

namespace {

/// Who has an IPv6 address has as a rule the whole /64 around it (RFC 6177): that counts as one.
std::string neighbourhood_of(std::string_view address) {
    std::array<char, 16> bytes{};
    std::string text(address);
    if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
    return {bytes.data(), bytes.size() / 2};
}

}  // namespace

std::optional<std::chrono::seconds> AttemptLimit::take(std::string_view address) {
    const auto one = neighbourhood_of(address);
    const std::scoped_lock lock(mutex_);
    const auto now = clock_.now();
    const auto is_over = [&](const Count& count) {
        // A clock that was set back must not lock anybody out.
        return now < count.since || now - kPeriod >= count.since;
    };
    const auto wait_for = [&](const Count& count) {
        return std::chrono::ceil<std::chrono::seconds>(count.since + kPeriod - now);
    };
    if (is_over(all_)) {
        all_ = {now, 0};
        std::erase_if(ones_, [&](const auto& entry) { return is_over(entry.second); });
    }
    if (all_.failures >= kFailuresOfAll) return wait_for(all_);
    auto& count = ones_[one];
    if (is_over(count)) count = {now, 0};
    if (count.failures >= kFailuresOfOne) return wait_for(count);
    ++count.failures;
    ++all_.failures;
    return std::nullopt;
}

void AttemptLimit::give_back(std::string_view address) {
    const std::scoped_lock lock(mutex_);
    const auto found = ones_.find(neighbourhood_of(address));
    if (found != ones_.end() && found->second.failures > 0) --found->second.failures;
    if (all_.failures > 0) --all_.failures;
}

}  // namespace dsdash::dashboard
