#include "cli/terminal/progress_display.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/terminal/printable.hpp"

namespace dsdash::cli {

namespace {

constexpr std::size_t kBarWidth = 24;

std::string name_of(const Fetch::Spoke& spoke) {
    return printable(
        fmt::format("{} {} ({})", spoke.project_name, spoke.environment, spoke.account_id));
}

std::string plural(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string describe(const FetchProgress::Answer& answer) {
    auto text = fmt::format("{}: {}", name_of(answer.spoke), plural(answer.metrics, "metric"));
    for (const auto& failure : answer.failures) {
        text += fmt::format("; {} failed: {}", printable(failure.metric_name),
                            printable(failure.reason));
    }
    for (const auto& metric : answer.missing) {
        text += fmt::format("; {} was reported, but did not arrive", printable(metric));
    }
    return text;
}

}  // namespace

void ProgressDisplay::show(const FetchProgress& progress) {
    if (console_.err_is_terminal) {
        draw_bar(progress);
    } else {
        print_new_answers(progress);
    }
}

void ProgressDisplay::draw_bar(const FetchProgress& progress) {
    const auto total = progress.answers().size();
    const auto complete = progress.complete_count();
    const auto filled = total == 0 ? kBarWidth : kBarWidth * complete / total;
    auto bar = fmt::format("[{}{}] {}/{}", std::string(filled, '#'),
                           std::string(kBarWidth - filled, '.'), complete, total);
    const auto waiting =
        std::ranges::find(progress.answers(), false, &FetchProgress::Answer::complete);
    if (waiting != progress.answers().end()) {
        bar += fmt::format("  waiting for {}", name_of(waiting->spoke));
    }
    if (bar != bar_) {
        console_.err << kStartOfLineAndErase << bar << std::flush;
        bar_ = bar;
    }
}

void ProgressDisplay::print_new_answers(const FetchProgress& progress) {
    for (const auto& answer : progress.answers()) {
        if (answer.complete && printed_.insert(answer.spoke.account_id).second) {
            console_.err << fmt::format("{}/{}  {}\n", printed_.size(), progress.answers().size(),
                                        describe(answer))
                         << std::flush;
        }
    }
}

void ProgressDisplay::finish(const FetchProgress& progress) {
    if (!bar_.empty()) {
        console_.err << '\n';
    }
    for (const auto& answer : progress.answers()) {
        if (!answer.complete) {
            console_.err << "no answer from " << name_of(answer.spoke) << '\n';
        } else if (console_.err_is_terminal &&
                   !(answer.failures.empty() && answer.missing.empty())) {
            console_.err << describe(answer) << '\n';
        }
    }
    console_.err << std::flush;
}

}  // namespace dsdash::cli
