#include "cli/simulation/story_lines.hpp"

#include <fmt/format.h>

namespace dsdash::cli {

std::vector<std::string> story_lines(const simulation::Fleet& fleet) {
    std::vector<std::string> lines;
    for (const auto& spoke : fleet.spokes) {
        const auto tell = [&](std::string_view what, TimePoint since) {
            lines.push_back(fmt::format("{} ({}): {} since {}", spoke.name(), spoke.account.text(),
                                        what, format_iso8601(since)));
        };
        const auto name_of = [&](std::size_t metric) { return fleet.metrics()[metric].name; };
        if (spoke.silent_since) tell("silent", *spoke.silent_since);
        if (spoke.idle_since) tell("endpoints in service, no training", *spoke.idle_since);
        if (spoke.failing) {
            tell(fmt::format("{} fails", name_of(spoke.failing->metric)), spoke.failing->since);
        }
        if (spoke.drop) {
            tell(fmt::format("{} has dropped", name_of(spoke.drop->metric)), spoke.drop->since);
        }
    }
    return lines;
}

}  // namespace dsdash::cli
