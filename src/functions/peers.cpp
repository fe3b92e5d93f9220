#include "functions/peers.hpp"

#include <algorithm>
#include <iterator>

namespace dsdash::functions {

Result<Peers> read_peers(ParameterStore& parameters) {
    auto monitors = read_monitors(parameters);
    if (!monitors) return std::unexpected(std::move(monitors.error()));
    auto registrations = read_registrations(parameters);
    if (!registrations) return std::unexpected(std::move(registrations.error()));
    Peers peers;
    for (const auto& monitor : monitors->valid) peers.hubs.insert(monitor.account);
    for (const auto& registration : registrations->valid) peers.spokes.insert(registration.account);
    peers.invalid = std::move(monitors->invalid);
    std::ranges::move(registrations->invalid, std::back_inserter(peers.invalid));
    return peers;
}

}  // namespace dsdash::functions
