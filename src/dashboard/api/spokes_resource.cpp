#include <algorithm>

#include "dashboard/api/api.hpp"
#include "dashboard/api/hub_json.hpp"
#include "dashboard/api/hub_picture.hpp"
#include "dashboard/api/series_json.hpp"
#include "doctor/dead_letters.hpp"

namespace dsdash::dashboard {

namespace {

using doctor::Finding;
using doctor::Findings;

std::string_view connection_name(const Findings& findings) {
    bool any_well = false;
    bool any_wrong = false;
    for (const auto& finding : findings) {
        if (!is_about_connection(finding)) continue;
        any_well |= finding.state == Finding::State::well;
        any_wrong |= finding.state == Finding::State::wrong;
    }
    if (any_wrong) return any_well ? "half_connected" : "not_connected";
    return any_well ? "connected" : "unknown";
}

json::array findings_json(const Findings& findings) {
    json::array list;
    for (const auto& finding : findings) {
        list.emplace_back(json::object{{"check", finding.check},
                                       {"state", state_name(finding.state)},
                                       {"message", finding.message},
                                       {"command", finding.command}});
    }
    return list;
}

/// A spoke reports, is late or is silent.
std::string_view spoke_state_name(SeriesState state) {
    return state == SeriesState::fresh ? "reporting" : state_name(state);
}

Findings findings_about(const Findings& findings, std::string_view account) {
    Findings about;
    std::ranges::copy_if(findings, std::back_inserter(about),
                         [&](const Finding& finding) { return finding.account.text() == account; });
    return about;
}

std::size_t count_dead_letters(const std::vector<DeadLetter>& letters, const std::string& account) {
    const auto id = AccountId::parse(account);
    return id ? doctor::dead_letters_to(letters, *id).size() : 0;
}

json::object spoke_json(const SpokeStanding& spoke, const HubPicture& picture,
                        const Findings& findings, const std::vector<DeadLetter>& letters) {
    json::array registrations;
    for (const auto& registration : picture.registrations) {
        if (registration.account.text() != spoke.account_id) continue;
        registrations.emplace_back(json::object{{"project_name", registration.project_name},
                                                {"environment", registration.environment}});
    }
    const auto& last = spoke.last_event;
    return {{"account_id", spoke.account_id},
            {"registrations", std::move(registrations)},
            {"state", spoke_state_name(spoke.state)},
            {"connection", connection_name(findings)},
            {"last_event_time", last ? json::value(to_epoch_seconds(*last)) : nullptr},
            {"delay_s", seconds_or_null(spoke.delay)},
            {"dead_letters", count_dead_letters(letters, spoke.account_id)},
            {"metrics", spoke.metrics},
            {"failing", spoke.failing},
            {"findings", findings_json(findings)}};
}

Result<json::object> get_spokes(const ApiContext& context, const QueryParameters& query) {
    const auto picture = read_hub_picture(context, query);
    if (!picture) return std::unexpected(picture.error());
    const auto& id = picture->hub.summary.id;
    const auto findings = read_findings(context, *picture);
    if (!findings) return std::unexpected(findings.error());
    const auto letters = read_dead_letters(context, *picture);
    if (!letters) return std::unexpected(letters.error());

    json::array spokes;
    for (const auto& spoke : picture->spokes()) {
        spokes.emplace_back(
            spoke_json(spoke, *picture, findings_about(*findings, spoke.account_id), *letters));
    }
    return json::object{{"hub", hub_json(picture->hub.summary)},
                        {"findings", findings_json(findings_about(*findings, id.text()))},
                        {"spokes", std::move(spokes)}};
}

}  // namespace

const ApiResource& spokes_resource() {
    static constexpr std::string_view kParameters[] = {"hub"};
    static constexpr ApiResource kResource{"/api/v1/spokes", kParameters, serialized<get_spokes>};
    return kResource;
}

}  // namespace dsdash::dashboard
