#include "domain/age.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace dsdash {

std::string format_age(std::chrono::microseconds age) {
    using std::chrono::floor;
    const auto seconds = std::max(floor<std::chrono::seconds>(age), std::chrono::seconds(0));
    if (seconds < std::chrono::minutes(1)) {
        return fmt::format("{} s", seconds.count());
    }
    if (seconds < std::chrono::hours(1)) {
        return fmt::format("{} min", floor<std::chrono::minutes>(seconds).count());
    }
    if (seconds < std::chrono::days(1)) {
        return fmt::format("{} h", floor<std::chrono::hours>(seconds).count());
    }
    return fmt::format("{} d", floor<std::chrono::days>(seconds).count());
}

}  // namespace dsdash
