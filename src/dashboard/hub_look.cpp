#include "dashboard/hub_look.hpp"

#include <functional>

namespace dsdash::dashboard {

namespace {

std::size_t number_of(const ApiResource& resource, const ApiContext& context,
                      const AccountId& hub) {
    const auto query = QueryParameters::parse("hub=" + hub.text(), resource.parameters);
    const auto answer = query ? resource.get(context, *query) : std::unexpected(query.error());
    const auto text = answer ? json::serialize(*answer) : answer.error().message;
    return std::hash<std::string>{}(text);
}

}  // namespace

std::map<std::string, std::size_t> HubLook::operator()(const AccountId& hub) {
    std::map<std::string, std::size_t> numbers{
        {"latest", number_of(latest_resource(), context_, hub)},
        {"overview", number_of(overview_resource(), context_, hub)}};
    auto& thorough = thorough_[hub];
    const auto now = context_.clock.now();
    const bool is_recent =
        thorough.time && now >= *thorough.time && now - *thorough.time < kThoroughInterval;
    if (!is_recent) {
        thorough.numbers = {{"attention", number_of(attention_resource(), context_, hub)},
                            {"spokes", number_of(spokes_resource(), context_, hub)}};
        thorough.time = now;
    }
    numbers.insert(thorough.numbers.begin(), thorough.numbers.end());
    return numbers;
}

}  // namespace dsdash::dashboard
