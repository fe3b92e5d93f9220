#include "dashboard/open_metrics/open_metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dashboard/api/hub_picture.hpp"
#include "dashboard/open_metrics/open_metrics_text.hpp"
#include "dashboard/open_metrics/process_health.hpp"

namespace dsdash::dashboard {

namespace {

constexpr std::array kSeriesStates{SeriesState::fresh, SeriesState::late, SeriesState::silent,
                                   SeriesState::failed, SeriesState::not_configured};
constexpr std::array kSpokeStates{SeriesState::fresh, SeriesState::late, SeriesState::silent};

using Pictures = std::vector<HubPicture>;

Result<Pictures> read_pictures(const ApiContext& context) {
    const auto hubs = context.hubs.hubs();
    if (!hubs) return std::unexpected(hubs.error());
    Pictures pictures;
    for (const auto& hub : *hubs) {
        auto picture = read_hub_picture(context, hub.id);
        if (!picture) return std::unexpected(std::move(picture.error()));
        pictures.push_back(*std::move(picture));
    }
    return pictures;
}

/// Calls `write` with each picture, series of it and the series' labels.
template <class Write>
void for_each_series(const Pictures& pictures, const Write& write) {
    for (const auto& picture : pictures) {
        const std::string& hub = picture.hub.summary.id.text();
        for (const auto& one : picture.series) {
            const auto& [metric, project, environment, account] = one.series;
            write(picture, one,
                  OpenMetricsText::Labels{{"hub", hub},
                                          {"project", project},
                                          {"environment", environment},
                                          {"account", account},
                                          {"metric", metric}});
        }
    }
}

void write_series(const Pictures& pictures, OpenMetricsText& text) {
    using Labels = OpenMetricsText::Labels;
    text.family("dsdash_metric_value", "gauge", "", "The newest value of a series.");
    for_each_series(pictures, [&](const auto&, const SeriesStanding& one, const Labels& labels) {
        if (one.latest) text.sample("", labels, one.latest->value.to_string());
    });
    text.family("dsdash_metric_age_seconds", "gauge", "seconds",
                "How long ago the newest value of a series was extracted.");
    for_each_series(
        pictures, [&](const HubPicture& picture, const SeriesStanding& one, const Labels& labels) {
            if (!one.latest) return;
            const std::chrono::duration<double> age =
                picture.expectations.now - one.latest->extraction_date;
            text.sample(labels, age.count());
        });
    text.family("dsdash_metric_expected_interval_seconds", "gauge", "seconds",
                "How often a series gets a value, where that is known.");
    for_each_series(pictures, [&](const auto&, const SeriesStanding& one, const Labels& labels) {
        if (!one.expected_interval) return;
        text.sample(labels, static_cast<double>(one.expected_interval->count()));
    });
    text.family("dsdash_metric_state", "stateset", "", "How a series stands.");
    for_each_series(pictures, [&](const auto&, const SeriesStanding& one, Labels labels) {
        auto& state_label = labels.emplace_back("dsdash_metric_state", "");
        for (const auto state : kSeriesStates) {
            state_label.second = state_name(state);
            text.sample("", labels, state == one.state ? "1" : "0");
        }
    });
}

void write_spokes(const Pictures& pictures, OpenMetricsText& text) {
    text.family("dsdash_spokes", "gauge", "", "Spokes of a hub, by how they stand.");
    for (const auto& picture : pictures) {
        const auto spokes = picture.spokes();
        for (const auto state : kSpokeStates) {
            const auto count = std::ranges::count(spokes, state, &SpokeStanding::state);
            text.sample({{"hub", picture.hub.summary.id.text()}, {"state", state_name(state)}},
                        static_cast<double>(count));
        }
    }
}

Result<void> write_dead_letters(const ApiContext& context, const Pictures& pictures,
                                OpenMetricsText& text) {
    text.family("dsdash_dead_letters", "gauge", "",
                "Events of a hub that could not be delivered, or were put into quarantine.");
    for (const auto& picture : pictures) {
        const auto letters = read_dead_letters(context, picture);
        if (!letters) return std::unexpected(letters.error());
        for (const auto& [kind, name] : {std::pair(DeadLetter::Kind::delivery, "delivery"),
                                         std::pair(DeadLetter::Kind::quarantine, "quarantine")}) {
            const auto count = std::ranges::count(*letters, kind, &DeadLetter::kind);
            text.sample({{"hub", picture.hub.summary.id.text()}, {"kind", name}},
                        static_cast<double>(count));
        }
    }
    return {};
}

/// As every Prometheus client names them:
/// prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics
Result<void> write_process(OpenMetricsText& text) {
    const auto health = read_process_health();
    if (!health) return std::unexpected(health.error());
    text.family("process_cpu_seconds", "counter", "seconds", "Processor time used.");
    text.sample("_total", {}, fmt::format("{}", health->cpu_seconds));
    text.family("process_resident_memory_bytes", "gauge", "bytes", "Memory in use.");
    text.sample({}, health->resident_bytes);
    text.family("process_open_fds", "gauge", "", "Files and sockets that are open.");
    text.sample({}, health->open_files);
    text.family("process_start_time_seconds", "gauge", "seconds", "When the program started.");
    text.sample({}, health->start_time);
    return {};
}

}  // namespace

Result<std::string> render_open_metrics(const ApiContext& context) {
    const auto pictures = read_pictures(context);
    if (!pictures) return std::unexpected(pictures.error());
    OpenMetricsText text;
    write_series(*pictures, text);
    write_spokes(*pictures, text);
    if (auto written = write_dead_letters(context, *pictures, text); !written) {
        return std::unexpected(written.error());
    }
    if (auto written = write_process(text); !written) return std::unexpected(written.error());
    return text.take();
}

}  // namespace dsdash::dashboard
