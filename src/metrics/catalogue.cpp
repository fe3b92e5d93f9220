#include "metrics/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/algorithm/string/trim.hpp>
#include <ranges>

namespace dsdash::metrics {

namespace {

std::vector<std::unique_ptr<Metric>> make_catalogue() {
    std::vector<std::unique_ptr<Metric>> metrics;
#define DSDASH_ADD_METRIC(make) metrics.push_back(make());
    DSDASH_METRICS(DSDASH_ADD_METRIC)
#undef DSDASH_ADD_METRIC
    std::ranges::sort(metrics, {}, [](const auto& metric) { return metric->name(); });
    return metrics;
}

std::string list_names() {
    std::string names;
    for (const auto& metric : catalogue()) {
        names += names.empty() ? "" : ", ";
        names += metric->name();
    }
    return names;
}

}  // namespace

const std::vector<std::unique_ptr<Metric>>& catalogue() {
    static const auto kCatalogue = make_catalogue();
    return kCatalogue;
}

const Metric* find_metric(std::string_view name) {
    const auto found = std::ranges::find_if(
        catalogue(), [&](const auto& metric) { return metric->name() == name; });
    return found == catalogue().end() ? nullptr : found->get();
}

Result<std::vector<const Metric*>> choose_metrics(std::string_view names) {
    std::vector<const Metric*> chosen;
    for (const auto& part : names | std::views::split(',')) {
        const auto name = boost::trim_copy(std::string(part.begin(), part.end()));
        const auto* metric = find_metric(name);
        if (metric == nullptr) {
            return fail(
                ErrorKind::malformed_input,
                fmt::format("there is no metric \"{}\"; there are: {}", name, list_names()));
        }
        if (std::ranges::find(chosen, metric) != chosen.end()) {
            return fail(ErrorKind::malformed_input, fmt::format("metric {} is named twice", name));
        }
        chosen.push_back(metric);
    }
    if (chosen.empty()) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("name at least one metric of: {}", list_names()));
    }
    return chosen;
}

}  // namespace dsdash::metrics
