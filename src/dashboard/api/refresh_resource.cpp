#include <algorithm>

#include "dashboard/api/api.hpp"

namespace dsdash::dashboard {

namespace {

using Answer = FetchProgress::Answer;

json::object spoke_json(const Fetch::Spoke& spoke) {
    return {{"account_id", spoke.account_id},
            {"project_name", spoke.project_name},
            {"environment", spoke.environment}};
}

/// An answer, and the name under which whoever asks may see the account that gave it.
struct SeenAnswer {
    Fetch::Spoke spoke;
    const Answer* answer;
};

/// Those of accounts that have a project which may be seen: the others are not even counted.
std::vector<SeenAnswer> seen_answers(const FetchLog::Entry& entry, const Access& access) {
    std::vector<SeenAnswer> seen;
    for (const auto& answer : entry.progress.answers()) {
        const auto spoke = std::ranges::find_if(entry.fetch.spokes, [&](const Fetch::Spoke& one) {
            return one.account_id == answer.spoke.account_id && access.may_see(one.project_name);
        });
        if (spoke != entry.fetch.spokes.end()) seen.push_back({*spoke, &answer});
    }
    return seen;
}

/// Who took longest of those that have answered; null when nobody has.
json::value slowest_json(const std::vector<SeenAnswer>& answers, TimePoint asked) {
    const auto slowest = std::ranges::max_element(answers, {}, [](const SeenAnswer& seen) {
        return seen.answer->complete ? seen.answer->date.value_or(TimePoint::min())
                                     : TimePoint::min();
    });
    if (slowest == answers.end() || !slowest->answer->complete || !slowest->answer->date) {
        return nullptr;
    }
    auto named = spoke_json(slowest->spoke);
    // A report's date is that of its event, which has whole seconds.
    named["seconds"] =
        std::max(0.0, std::chrono::duration<double>(*slowest->answer->date - asked).count());
    return named;
}

json::object progress_json(const FetchLog::Entry& entry, const Access& access) {
    const auto answers = seen_answers(entry, access);
    json::array waiting;
    for (const auto& [spoke, answer] : answers) {
        if (!answer->complete) waiting.emplace_back(spoke_json(spoke));
    }
    const bool complete = waiting.empty();
    return {{"fetch_id", entry.fetch.fetch_id},
            {"date", format_extraction_date(entry.fetch.date)},
            {"spokes", answers.size()},
            {"answered", answers.size() - waiting.size()},
            {"waiting_for", std::move(waiting)},
            {"slowest", slowest_json(answers, entry.fetch.date)},
            {"complete", complete}};
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
    static constexpr ApiResource kResource{"/api/v1/refresh", kParameters, serialized<get_refresh>,
                                           post_refresh};
    return kResource;
}

}  // namespace dsdash::dashboard
