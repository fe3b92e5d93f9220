#include "dashboard/api/api.hpp"
#include "metrics/catalogue.hpp"

namespace dsdash::dashboard {

namespace {

Result<json::object> get_metrics(const ApiContext&, const QueryParameters&) {
    json::array metrics;
    for (const auto& metric : metrics::catalogue()) {
        metrics.emplace_back(json::object{{"name", metric->name()},
                                          {"description", metric->description()},
                                          {"unit", metric->unit()}});
    }
    return json::object{{"metrics", std::move(metrics)}};
}

}  // namespace

const ApiResource& metrics_resource() {
    static constexpr ApiResource kResource{"/api/v1/metrics", {}, serialized<get_metrics>};
    return kResource;
}

}  // namespace dsdash::dashboard
