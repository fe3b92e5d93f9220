#include "cli/terminal/progress_line.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace dsdash::cli {
namespace {

using namespace std::chrono_literals;

struct Shown {
    std::ostringstream out;
    std::ostringstream err;
    Console console;
    ProgressLine::SteadyTime now{};
    ProgressLine line{console, [this] { return now; }};

    explicit Shown(bool is_terminal)
        : console{.out = out, .err = err, .err_is_terminal = is_terminal} {}
};

TEST(ProgressLine, IsWrittenOverItselfOnATerminal) {
    Shown shown(true);
    shown.line.show("1 of 2");
    shown.line.finish("2 of 2");
    EXPECT_EQ(shown.err.str(), "\r\x1b[K1 of 2\r\x1b[K2 of 2\n");
}

TEST(ProgressLine, IsALineNowAndThenElsewhere) {
    Shown shown(false);
    shown.line.show("1 of 9");
    shown.now += 4s;
    shown.line.show("2 of 9");
    shown.now += 1s;
    shown.line.show("3 of 9");
    shown.line.finish("9 of 9");
    shown.line.show("1 of 3");
    EXPECT_EQ(shown.err.str(), "1 of 9\n3 of 9\n9 of 9\n1 of 3\n");
}

}  // namespace
}  // namespace dsdash::cli
