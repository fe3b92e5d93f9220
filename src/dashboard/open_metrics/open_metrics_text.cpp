#include "dashboard/open_metrics/open_metrics_text.hpp"

#include <fmt/format.h>

namespace dsdash::dashboard {

namespace {

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '\\':
                out += "\\\\";
                break;
            case '"':
                out += "\\\"";
                break;
            case '\n':
                out += "\\n";
                break;
            default:
                out += c;
        }
    }
}

}  // namespace

void OpenMetricsText::family(std::string_view name, std::string_view type, std::string_view unit,
                             std::string_view help) {
    name_ = name;
    text_ += fmt::format("# TYPE {} {}\n", name, type);
    if (!unit.empty()) text_ += fmt::format("# UNIT {} {}\n", name, unit);
    text_ += fmt::format("# HELP {} ", name);
    append_escaped(text_, help);
    text_ += '\n';
}

void OpenMetricsText::sample(std::string_view suffix, const Labels& labels,
                             std::string_view value) {
    text_ += name_;
    text_ += suffix;
    char before = '{';
    for (const auto& [name, content] : labels) {
        text_ += before;
        text_ += name;
        text_ += "=\"";
        append_escaped(text_, content);
        text_ += '"';
        before = ',';
    }
    if (before == ',') text_ += '}';
    text_ += ' ';
    text_ += value;
    text_ += '\n';
}

void OpenMetricsText::sample(const Labels& labels, double value) {
    sample("", labels, fmt::format("{}", value));
}

std::string OpenMetricsText::take() {
    text_ += "# EOF\n";
    return std::exchange(text_, {});
}

}  // namespace dsdash::dashboard
