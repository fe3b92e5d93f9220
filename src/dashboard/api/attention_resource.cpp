#include <algorithm>
#include <iterator>
#include <set>

#include "dashboard/api/api.hpp"
#include "dashboard/api/attention.hpp"
#include "dashboard/api/hub_json.hpp"
#include "dashboard/api/series_json.hpp"

namespace dsdash::dashboard {

namespace {

Result<std::vector<SeriesTrend>> all_trends(const HubPicture& picture) {
    std::set<std::string_view> projects;
    for (const auto& one : picture.series) projects.insert(one.series.project_name);
    std::vector<SeriesTrend> all;
    for (const auto project : projects) {
        auto trends = picture.hub.browser.trends(project, picture.expectations.now);
        if (!trends) return trends;
        std::ranges::move(*trends, std::back_inserter(all));
    }
    std::ranges::sort(all, {}, &SeriesTrend::series);
    return all;
}

json::object item_json(const AttentionItem& item) {
    auto rendered = series_json(item.about);
    rendered["severity"] = severity_name(item.severity);
    rendered["kind"] = item.kind;
    rendered["title"] = item.title;
    rendered["detail"] = item.detail;
    rendered["advice"] = item.advice;
    rendered["command"] = item.command;
    return rendered;
}

Result<json::object> get_attention(const ApiContext& context, const QueryParameters& query) {
    const auto picture = read_hub_picture(context, query);
    if (!picture) return std::unexpected(picture.error());
    const auto findings = read_findings(context, *picture);
    if (!findings) return std::unexpected(findings.error());
    const auto trends = all_trends(*picture);
    if (!trends) return std::unexpected(trends.error());
    json::array items;
    for (const auto& item : find_attention(*picture, *findings, *trends)) {
        items.emplace_back(item_json(item));
    }
    return json::object{{"hub", hub_json(picture->hub.summary)}, {"items", std::move(items)}};
}

}  // namespace

const ApiResource& attention_resource() {
    static constexpr std::string_view kParameters[] = {"hub"};
    static constexpr ApiResource kResource{"/api/v1/attention", kParameters,
                                           serialized<get_attention>};
    return kResource;
}

}  // namespace dsdash::dashboard
