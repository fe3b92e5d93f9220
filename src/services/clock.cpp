#include "services/clock.hpp"

namespace dsdash {

TimePoint SystemClock::now() const {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

}  // namespace dsdash
