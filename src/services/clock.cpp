#include "services/clock.hpp"

#include <thread>

namespace dsdash {

void Clock::sleep_until(TimePoint time) const {
    const auto left = time - now();
    if (left > left.zero()) std::this_thread::sleep_for(left);
}

TimePoint SystemClock::now() const {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

}  // namespace dsdash
