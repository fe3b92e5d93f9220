#include "domain/series_state.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace dsdash {
namespace {

using namespace std::chrono_literals;
using Report = SeriesEvidence::Report;

const TimePoint kNoon = parse_extraction_date("2026-11-23 12:00:00.000000").value();

SeriesState state_at(std::chrono::microseconds age, std::chrono::seconds interval,
                     Report report = Report::named) {
    return state_of({.age = age, .expected_interval = interval, .report = report});
}

TEST(SeriesState, IsFreshUntilHalfAnIntervalAfterTheNextValueIsDue) {
    EXPECT_EQ(state_at(0s, 1h), SeriesState::fresh);
    EXPECT_EQ(state_at(90min, 1h), SeriesState::fresh);
    EXPECT_EQ(state_at(90min + 1us, 1h), SeriesState::late);
    EXPECT_EQ(state_at(-5min, 1h), SeriesState::fresh) << "a spoke's clock may be ahead of ours";
}

TEST(SeriesState, IsSilentOnceThreeValuesAreMissing) {
    EXPECT_EQ(state_at(210min, 1h), SeriesState::late);
    EXPECT_EQ(state_at(210min + 1us, 1h), SeriesState::silent);
    EXPECT_EQ(state_at(std::chrono::days(36'500), 1h), SeriesState::silent);
}

TEST(SeriesState, ExpectsAValueADayOfWhatIsNotKnown) {
    EXPECT_EQ(state_of({.age = 36h}), SeriesState::fresh);
    EXPECT_EQ(state_of({.age = 37h}), SeriesState::late);
    EXPECT_EQ(state_of({.age = 85h}), SeriesState::silent);
}

TEST(SeriesState, SaysWhatTheReportSaysBeforeItLooksAtTheAge) {
    EXPECT_EQ(state_at(0s, 1h, Report::failed), SeriesState::failed);
    EXPECT_EQ(state_at(0s, 1h, Report::unnamed), SeriesState::not_configured);
    EXPECT_EQ(state_at(0s, 1h, Report::none), SeriesState::fresh);
    EXPECT_EQ(state_of({.report = Report::failed}), SeriesState::failed);
}

TEST(SeriesState, IsSilentBeforeTheFirstValueCame) {
    EXPECT_EQ(state_of({.report = Report::named}), SeriesState::silent);
}

TEST(SeriesState, HasAName) {
    EXPECT_EQ(state_name(SeriesState::fresh), "fresh");
    EXPECT_EQ(state_name(SeriesState::late), "late");
    EXPECT_EQ(state_name(SeriesState::silent), "silent");
    EXPECT_EQ(state_name(SeriesState::failed), "failed");
    EXPECT_EQ(state_name(SeriesState::not_configured), "not_configured");
}

std::optional<std::chrono::seconds> interval_after(std::vector<std::chrono::minutes> gaps) {
    std::vector<TimePoint> dates;
    TimePoint date = kNoon;
    for (const auto gap : gaps) dates.push_back(date -= gap);
    return usual_interval(kNoon, dates);
}

TEST(UsualInterval, IsTheMedianOfTheGaps) {
    EXPECT_EQ(interval_after({60min}), 1h);
    EXPECT_EQ(interval_after({60min, 61min, 59min, 60min, 60min}), 1h);
    EXPECT_EQ(interval_after({60min, 4000min, 60min, 5min, 60min}), 1h);
}

TEST(UsualInterval, LooksAtTheNewestDatesOnly) {
    EXPECT_EQ(interval_after({60min, 60min, 60min, 30min, 30min, 30min, 30min, 30min}), 1h);
}

TEST(UsualInterval, IsTenMinutesAtLeast) {
    EXPECT_EQ(interval_after({1min, 1min, 1min}), 10min);
    EXPECT_EQ(interval_after({11min, 11min, 11min}), 11min);
}

TEST(UsualInterval, IsUnknownOfASingleValue) {
    EXPECT_EQ(interval_after({}), std::nullopt);
}

}  // namespace
}  // namespace dsdash
