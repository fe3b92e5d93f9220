#include "embedded/bus/bus_event_id.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace dsdash::embedded {

std::string EventIdSource::next(TimePoint now) {
    std::uint64_t high_random = 0;
    std::uint64_t low_random = 0;
    {
        const std::lock_guard lock(mutex_);
        high_random = random_();
        low_random = random_();
    }
    const auto since_epoch = std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch();
    const auto ms = static_cast<std::uint64_t>(since_epoch.count());
    constexpr std::uint64_t kVersion7 = 0x7000;
    constexpr std::uint64_t kVariant = 0x8000;
    return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", (ms >> 16U) & 0xFFFF'FFFFU,
                       ms & 0xFFFFU, kVersion7 | (high_random & 0x0FFFU),
                       kVariant | ((high_random >> 16U) & 0x3FFFU), low_random & 0xFFFF'FFFF'FFFFU);
}

}  // namespace dsdash::embedded
