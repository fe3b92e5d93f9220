#include <algorithm>
#include <set>

#include "dashboard/api/api.hpp"
#include "dashboard/api/hub_json.hpp"
#include "dashboard/api/hub_picture.hpp"
#include "dashboard/api/series_json.hpp"

namespace dsdash::dashboard {

namespace {

std::size_t count_projects(const HubPicture& picture) {
    std::set<std::string_view> projects;
    for (const auto& one : picture.series) projects.insert(one.series.project_name);
    for (const auto& one : picture.registrations) projects.insert(one.project_name);
    return projects.size();
}

json::object count_spokes(const std::vector<SpokeStanding>& spokes) {
    const auto count = [&](SeriesState state) {
        return std::ranges::count(spokes, state, &SpokeStanding::state);
    };
    return {{"reporting", count(SeriesState::fresh)},
            {"late", count(SeriesState::late)},
            {"silent", count(SeriesState::silent)}};
}

/// The last fetch that spokes tell of: whoever asked for it, and when its first answer came.
json::value last_fetch(const HubPicture& picture) {
    const auto& reports = picture.reports;
    const auto newest = std::ranges::max_element(reports, {}, &ExtractionReport::time);
    if (newest == reports.end()) return nullptr;
    const auto answers_it = [&](const ExtractionReport& report) {
        return !newest->fetch_id.empty() && report.fetch_id == newest->fetch_id;
    };
    auto first = newest->time;
    for (const auto& report : reports) {
        if (answers_it(report)) first = std::min(first, report.time);
    }
    return json::object{{"fetch_id", newest->fetch_id},
                        {"date", format_extraction_date(first)},
                        {"spokes", picture.spokes().size()},
                        {"answered", std::ranges::count_if(reports, answers_it)}};
}

Result<json::object> get_overview(const ApiContext& context, const QueryParameters& query) {
    const auto picture = read_hub_picture(context, query);
    if (!picture) return std::unexpected(picture.error());
    const auto letters = read_dead_letters(context, *picture);
    if (!letters) return std::unexpected(letters.error());
    const auto quarantined =
        std::ranges::count(*letters, DeadLetter::Kind::quarantine, &DeadLetter::kind);
    const auto failing =
        std::ranges::count(picture->series, SeriesState::failed, &SeriesStanding::state);
    const auto& interval = picture->hub.refresh_interval;
    return json::object{{"hub", hub_json(picture->hub.summary)},
                        {"projects", count_projects(*picture)},
                        {"series", picture->series.size()},
                        {"spokes", count_spokes(picture->spokes())},
                        {"failing_metrics", failing},
                        {"dead_letters", std::ssize(*letters) - quarantined},
                        {"quarantined", quarantined},
                        {"refresh_schedule_s", interval ? json::value(interval->count()) : nullptr},
                        {"last_fetch", last_fetch(*picture)}};
}

}  // namespace

const ApiResource& overview_resource() {
    static constexpr std::string_view kParameters[] = {"hub"};
    static constexpr ApiResource kResource{"/api/v1/overview", kParameters,
                                           serialized<get_overview>};
    return kResource;
}

}  // namespace dsdash::dashboard
