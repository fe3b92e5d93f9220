#include "dashboard/live/hub_look.hpp"

#include <functional>

namespace dsdash::dashboard {

namespace {

std::size_t number_of(const ApiResource& resource, const ApiContext& context,
                      const AccountId& hub) {
    const auto query = QueryParameters::parse("hub=" + hub.text(), resource.parameters);
    const auto answer = query ? resource.get(context, *query) : std::unexpected(query.error());
    return std::hash<std::string>{}(answer ? *answer : answer.error().message);
}

}  // namespace

std::map<std::string, std::size_t> HubLook::operator()(const AccountId& hub,
                                                       const Projects& projects) {
    const Access access{.role = Role::viewer, .name = {}, .projects = projects};
    const ApiContext context{hubs_, fetches_, clock_, "", access};
    std::map<std::string, std::size_t> numbers{
        {"latest", number_of(latest_resource(), context, hub)},
        {"overview", number_of(overview_resource(), context, hub)}};
    const auto now = clock_.now();
    std::erase_if(thorough_, [&](const auto& entry) {
        return now < entry.second.time || now - entry.second.time >= kThoroughInterval;
    });
    const auto [thorough, is_new] = thorough_.try_emplace({hub, projects});
    if (is_new) {
        thorough->second = {{{"attention", number_of(attention_resource(), context, hub)},
                             {"spokes", number_of(spokes_resource(), context, hub)}},
                            now};
    }
    numbers.insert(thorough->second.numbers.begin(), thorough->second.numbers.end());
    return numbers;
}

}  // namespace dsdash::dashboard
