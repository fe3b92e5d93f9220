#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dsdash::dashboard {

/// Writes the text format of OpenMetrics 1.0, which Prometheus reads:
/// github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md
class OpenMetricsText {
  public:
    static constexpr std::string_view kContentType =
        "application/openmetrics-text; version=1.0.0; charset=utf-8";

    using Label = std::pair<std::string_view, std::string_view>;
    using Labels = std::vector<Label>;

    /// Begins a family; the samples that follow are its own. `type` is gauge, counter, stateset or
    /// info; of a unit the name ends in it ("age_seconds", "seconds").
    void family(std::string_view name, std::string_view type, std::string_view unit,
                std::string_view help);
    /// A sample of the family begun last. `suffix` is appended to its name: "_total" of a counter,
    /// "_info" of an info. `value` is a number as text, of any length.
    void sample(std::string_view suffix, const Labels& labels, std::string_view value);
    void sample(const Labels& labels, double value);

    /// All of it, with the end that the format asks for.
    [[nodiscard]] std::string take();

  private:
    std::string text_;
    std::string name_;
};

}  // namespace dsdash::dashboard
