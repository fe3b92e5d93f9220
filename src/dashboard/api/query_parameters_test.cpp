#include "dashboard/api/query_parameters.hpp"

#include <gtest/gtest.h>

namespace dsdash::dashboard {
namespace {

constexpr std::string_view kKnown[] = {"hub", "metric", "points", "from"};

std::string complaint(std::string_view query) {
    const auto parameters = QueryParameters::parse(query, kKnown);
    return parameters ? "" : parameters.error().message;
}

QueryParameters parsed(std::string_view query) {
    return QueryParameters::parse(query, kKnown).value();
}

TEST(QueryParameters, DecodesPercentAndPlus) {
    EXPECT_EQ(parsed("metric=a%20b+c%2Bd%C3%A9").text("metric"), "a b c+d\u00e9");
}

TEST(QueryParameters, TakesAnEmptyValueAsAbsent) {
    EXPECT_EQ(parsed("hub=&metric").text("hub"), std::nullopt);
    EXPECT_EQ(parsed("hub=&metric").text("metric"), std::nullopt);
    EXPECT_EQ(parsed("").text("hub"), std::nullopt);
}

TEST(QueryParameters, NamesAnUnknownParameterAndTheKnownOnes) {
    EXPECT_EQ(complaint("metrc=x"),
              "parameter metrc: unknown; known are hub, metric, points, from");
    EXPECT_EQ(QueryParameters::parse("a=1", {}).error().message,
              "parameter a: unknown; none is taken here");
}

TEST(QueryParameters, RefusesAParameterGivenTwice) {
    EXPECT_EQ(complaint("hub=1&hub=1"), "parameter hub: given twice");
}

TEST(QueryParameters, RefusesWhatIsNotPercentEncodedUtf8) {
    for (const char* query : {"hub=%", "hub=%4", "hub=%zz", "hub=\x80", "hub=a b", "hub=<"}) {
        EXPECT_EQ(complaint(query), "the query is not percent-encoded") << query;
    }
    for (const char* query : {"hub=%ff", "hub=%C3", "%ff=1", "hub=%ED%A0%80", "hub=%C0%80"}) {
        EXPECT_EQ(complaint(query), "the query is not UTF-8") << query;
    }
}

TEST(QueryParameters, ReadsCountsWithinTheirLimits) {
    EXPECT_EQ(parsed("points=1").count("points", 1, 10).value(), 1U);
    EXPECT_EQ(parsed("points=10").count("points", 1, 10).value(), 10U);
    EXPECT_EQ(parsed("").count("points", 1, 10).value(), std::nullopt);
    for (const char* query : {"points=0", "points=11", "points=-1", "points=+1", "points=1.0",
                              "points=1e1", "points=0x1", "points=+", "points=NaN",
                              "points=99999999999999999999999", "points=5%00"}) {
        const auto count = parsed(query).count("points", 1, 10);
        ASSERT_FALSE(count.has_value()) << query;
        EXPECT_EQ(count.error().message, "parameter points: must be a whole number from 1 to 10");
    }
}

TEST(QueryParameters, ReadsTimes) {
    EXPECT_EQ(parsed("from=2026-11-23T12:00:00Z").time("from").value(),
              parse_extraction_date("2026-11-23 12:00:00.000000").value());
    const auto bad = parsed("from=yesterday").time("from");
    ASSERT_FALSE(bad.has_value());
    EXPECT_EQ(bad.error().message, "parameter from: must be a time such as 2026-11-23T12:00:00Z");
}

TEST(QueryParameters, WantsTwelveDigitsForAnAccount) {
    EXPECT_EQ(parsed("hub=111111111111").required_account("hub").value().text(), "111111111111");
    for (const char* query :
         {"hub=1", "hub=11111111111a", "hub=1111111111111", "hub=%2B11111111111"}) {
        const auto account = parsed(query).required_account("hub");
        ASSERT_FALSE(account.has_value()) << query;
        EXPECT_EQ(account.error().message, "parameter hub: must be the 12 digits of an account id");
    }
    EXPECT_EQ(parsed("").required_account("hub").error().message, "parameter hub: missing");
}

}  // namespace
}  // namespace dsdash::dashboard
