#include <algorithm>

#include "dashboard/api.hpp"

namespace dsdash::dashboard {

namespace {

using Answer = FetchProgress::Answer;

json::object spoke_json(const Fetch::Spoke& spoke) {
    return {{"account_id", spoke.account_id},
            {"project_name", spoke.project_name},
            {"environment", spoke.environment}};
}

/// Who took longest of those that have answered; null when nobody has, or it may not be seen.
json::value slowest_json(const FetchLog::Entry& entry, const Access& access) {
    const auto& answers = entry.progress.answers();
    const auto slowest = std::ranges::max_element(answers, {}, [](const Answer& answer) {
        return answer.complete ? answer.date.value_or(TimePoint::min()) : TimePoint::min();
    });
    if (slowest == answers.end() || !slowest->complete || !slowest->date ||
        !access.may_see(slowest->spoke.project_name)) {
        return nullptr;
    }
    auto named = spoke_json(slowest->spoke);
    // A report's date is that of its event, which has whole seconds.
    named["seconds"] =
        std::max(0.0, std::chrono::duration<double>(*slowest->date - entry.fetch.date).count());
    return named;
}

json::object progress_json(const FetchLog::Entry& entry, const Access& access) {
    json::array waiting;
    for (const auto& answer : entry.progress.answers()) {
        const bool is_seen = access.may_see(answer.spoke.project_name);
        if (!answer.complete && is_seen) waiting.emplace_back(spoke_json(answer.spoke));
    }
    return {{"fetch_id", entry.fetch.fetch_id},
            {"date", format_extraction_date(entry.fetch.date)},
            {"spokes", entry.progress.answers().size()},
            {"answered", entry.progress.complete_count()},
            {"waiting_for", std::move(waiting)},
            {"slowest", slowest_json(entry, access)},
            {"complete", entry.progress.complete()}};
}

Result<json::object> get_refresh(const ApiContext& context, const QueryParameters& query) {
    const auto id = query.required_account("hub");
    if (!id) return std::unexpected(id.error());
    const auto hub = context.hubs.find(*id);
    if (!hub) return std::unexpected(hub.error());
    const auto reports = hub->state.reports();
    if (!reports) return std::unexpected(reports.error());
    const auto latest = hub->metric_table.latest();
    if (!latest) return std::unexpected(latest.error());
    const auto entry = context.fetches.look(*id, *reports, *latest);
    const auto wanted = query.text("fetch_id");
    if (!entry || (wanted && *wanted != entry->fetch.fetch_id)) {
        return fail(ErrorKind::not_found,
                    "that is not the fetch that was asked for last through this server");
    }
    return progress_json(*entry, context.access);
}

Result<json::object> post_refresh(const ApiContext& context, const json::object& body) {
    if (!context.access.may_refresh()) {
        return fail(ErrorKind::denied, "only an operator may ask the spokes for new data");
    }
    const auto hub = optional_string(body, "hub");
    if (!hub) return std::unexpected(hub.error());
    const auto id = AccountId::parse(hub->value_or(""));
    if (!id) {
        return fail(ErrorKind::malformed_input, "hub: must be the 12 digits of an account id");
    }
    auto fetch = context.hubs.ask_for_new_data(*id);
    if (!fetch) return std::unexpected(std::move(fetch.error()));
    json::array spokes;
    for (const auto& spoke : fetch->spokes) {
        if (context.access.may_see(spoke.project_name)) spokes.emplace_back(spoke_json(spoke));
    }
    json::object answer{{"fetch_id", fetch->fetch_id},
                        {"date", format_extraction_date(fetch->date)},
                        {"spokes", std::move(spokes)}};
    context.fetches.begin(*id, *std::move(fetch));
    return answer;
}

}  // namespace

const ApiResource& refresh_resource() {
    static constexpr std::string_view kParameters[] = {"hub", "fetch_id"};
    static constexpr ApiResource kResource{"/api/v1/refresh", kParameters, get_refresh,
                                           post_refresh};
    return kResource;
}

}  // namespace dsdash::dashboard
