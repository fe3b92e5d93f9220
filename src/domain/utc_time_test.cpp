#include "domain/utc_time.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace dsdash {

namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

constexpr TimePoint kNoon{seconds(1795435200)};  // 2026-11-23 12:00:00

}  // namespace

TEST(ExtractionDate, IsWrittenWithSixDigitsOfFraction) {
    EXPECT_EQ(format_extraction_date(kNoon), "2026-11-23 12:00:00.000000");
    EXPECT_EQ(format_extraction_date(kNoon + microseconds(123)), "2026-11-23 12:00:00.000123");
    EXPECT_EQ(format_extraction_date(TimePoint{} - microseconds(1)), "1969-12-31 23:59:59.999999");
}

TEST(ExtractionDate, IsReadWithAndWithoutFraction) {
    EXPECT_EQ(*parse_extraction_date("2026-11-23 12:00:00.000123"), kNoon + microseconds(123));
    EXPECT_EQ(*parse_extraction_date("2026-11-23 12:00:00"), kNoon);
}

TEST(ExtractionDate, CoversTheYears1To9999) {
    for (const auto* text : {"0001-01-01 00:00:00.000000", "9999-12-31 23:59:59.999999",
                             "2024-02-29 00:00:00.000001", "1900-02-28 23:59:59.000000"}) {
        EXPECT_EQ(format_extraction_date(*parse_extraction_date(text)), text);
    }
}

TEST(ExtractionDate, RefusesOtherFormsAndDaysThatDoNotExist) {
    for (const auto* text : {"",
                             "2026-11-23",
                             "2026-11-23T12:00:00.000000",
                             "2026-11-23 12:00:00.",
                             "now",
                             "2026-11-23 12:00:00.00012",
                             "2026-11-23 12:00:00.0001234",
                             "2026-11-23 12:00:00.000000Z",
                             " 2026-11-23 12:00:00",
                             "2026-11-23 12:00:00 ",
                             "0000-01-01 00:00:00",
                             "2026-13-01 00:00:00",
                             "2026-00-01 00:00:00",
                             "2026-02-29 00:00:00",
                             "2026-11-31 00:00:00",
                             "2026-11-23 24:00:00",
                             "2026-11-23 12:60:00",
                             "2026-11-23 12:00:60",
                             "-026-11-23 12:00:00",
                             "2026-11-23 +2:00:00",
                             "1e26-11-23 12:00:00"}) {
        const auto time = parse_extraction_date(text);
        ASSERT_FALSE(time) << text;
        EXPECT_EQ(time.error().kind, ErrorKind::malformed_input);
    }
}

TEST(Iso8601, IsWrittenInWholeSeconds) {
    EXPECT_EQ(format_iso8601(kNoon + microseconds(999'999)), "2026-11-23T12:00:00Z");
}

TEST(Iso8601, IsReadWithFractionAndOffset) {
    EXPECT_EQ(*parse_iso8601("2026-11-23T12:00:00Z"), kNoon);
    EXPECT_EQ(*parse_iso8601("2026-11-23T12:00:00.5Z"), kNoon + microseconds(500'000));
    EXPECT_EQ(*parse_iso8601("2026-11-23T12:00:00.1234567899Z"), kNoon + microseconds(123'456));
    EXPECT_EQ(*parse_iso8601("2026-11-23T14:30:00+02:30"), kNoon);
    EXPECT_EQ(*parse_iso8601("2026-11-22T23:00:00-13:00"), kNoon);
}

TEST(Iso8601, RefusesOtherFormsAndTimesOutsideTheCalendar) {
    for (const auto* text :
         {"", "2026-11-23", "2026-11-23 12:00:00Z", "2026-11-23T12:00:00", "2026-11-23T12:00:00.Z",
          "2026-11-23T12:00:00+0230", "2026-11-23T12:00:00+24:00", "2026-11-23T12:00:00+02:60",
          "2026-11-23T12:00:00Zz", "2026-11-23T12:00:00ZZ", "2026-02-30T12:00:00Z",
          "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"}) {
        EXPECT_FALSE(parse_iso8601(text)) << text;
    }
}

TEST(AmzDate, GoesBothWays) {
    EXPECT_EQ(format_amz_date(kNoon), "20261123T120000Z");
    EXPECT_EQ(*parse_amz_date("20261123T120000Z"), kNoon);
}

TEST(AmzDate, RefusesOtherForms) {
    for (const auto* text : {"", "20261123T120000", "20261123T120000z", "20261123 120000Z",
                             "20261123T1200000Z", "20261323T120000Z", "2026-11-23T12:00:00Z"}) {
        EXPECT_FALSE(parse_amz_date(text)) << text;
    }
}

TEST(EpochSeconds, GoBothWaysToTheMicrosecond) {
    EXPECT_EQ(to_epoch_seconds(kNoon + microseconds(420'000)), 1795435200.42);
    EXPECT_EQ(*from_epoch_seconds(1795435200.42), kNoon + microseconds(420'000));
    EXPECT_EQ(*from_epoch_seconds(-0.000001), TimePoint(microseconds(-1)));
}

TEST(EpochSeconds, RefusesWhatIsNoTime) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    for (const double value :
         {std::nan(""), kInfinity, -kInfinity, 1e300, -1e300, 253402300800.0, -62135596801.0}) {
        EXPECT_EQ(from_epoch_seconds(value).error().kind, ErrorKind::malformed_input) << value;
    }
    EXPECT_TRUE(from_epoch_seconds(253402300799.9));
    EXPECT_TRUE(from_epoch_seconds(-62135596800.0));
}

}  // namespace dsdash
