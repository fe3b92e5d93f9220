#include "cli/terminal/progress_line.hpp"

namespace dsdash::cli {

namespace {

constexpr std::chrono::milliseconds kPauseOnTerminal{100};
constexpr std::chrono::seconds kPauseElsewhere{5};

}  // namespace

void ProgressLine::show(std::string_view text) {
    const std::scoped_lock lock(mutex_);
    const auto now = now_();
    if (now < next_) return;
    if (console_.err_is_terminal) {
        next_ = now + kPauseOnTerminal;
        write(text, "");
    } else {
        next_ = now + kPauseElsewhere;
        write(text, "\n");
    }
}

void ProgressLine::finish(std::string_view text) {
    const std::scoped_lock lock(mutex_);
    next_ = SteadyTime::min();
    write(text, "\n");
}

void ProgressLine::write(std::string_view text, std::string_view end) {
    if (console_.err_is_terminal) console_.err << kStartOfLineAndErase;
    console_.err << text << end << std::flush;
}

}  // namespace dsdash::cli
