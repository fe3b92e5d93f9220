#include "simulation/fleet.hpp"

#include <fmt/format.h>

#include <array>

#include "simulation/project_names.hpp"
#include "simulation/stories.hpp"

namespace dsdash::simulation {

namespace {

constexpr std::array<std::string_view, 3> kEnvironments{"dev", "int", "prod"};

/// Six digits of the seed's own. No account that a person makes up begins with a 9 and four more
/// digits that are not nines or zeros by habit.
std::string account_prefix(const Noise& noise) {
    return fmt::format("9{:05}", 10'000 + noise.of("accounts").below(80'000));
}

/// Six digits that differ for each number.
AccountId account_of(const Noise& noise, std::string_view prefix, std::size_t number) {
    constexpr std::uint64_t kIds = 1'000'000;
    constexpr std::uint64_t kStride = 514'229;  // has no divisor in common with kIds
    const auto first = noise.of("first account").below(kIds);
    return AccountId::parse(fmt::format("{}{:06}", prefix, (first + number * kStride) % kIds))
        .value();
}

}  // namespace

Result<Fleet> make_fleet(const Plan& plan) {
    if (auto checked = check_plan(plan); !checked) return std::unexpected(checked.error());
    Fleet fleet{.plan = plan, .spokes = {}, .account_prefix = {}};
    const auto noise = fleet.noise();
    fleet.account_prefix = account_prefix(noise);
    for (std::size_t number = 0; number < static_cast<std::size_t>(plan.spokes); ++number) {
        fleet.spokes.push_back(
            {.number = number,
             .account = account_of(noise, fleet.account_prefix, number),
             .project_name = project_name(noise, number / kEnvironments.size()),
             .environment = std::string(kEnvironments.at(number % kEnvironments.size()))});
    }
    tell_stories(fleet);
    return fleet;
}

}  // namespace dsdash::simulation
