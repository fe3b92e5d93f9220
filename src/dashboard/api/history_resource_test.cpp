#include "dashboard/testing/dashboard_fixture.hpp"

namespace dsdash::dashboard {
namespace {

class HistoryResource : public DashboardTest {
  protected:
    HistoryResource() : table_(hubs_.hub("111111111111").metrics) {}
    http::Response history(const std::string& more) {
        return get(
            "/api/v1/history?hub=111111111111&metric=Accuracy&project=churn&environment=prod" +
            more);
    }

    FakeMetricTable& table_;
};

TEST_F(HistoryResource, GivesThePointsAsColumns) {
    const auto time = parse_extraction_date("2026-11-23 11:00:00.250000").value();
    table_.points = {{.time = time, .min = 1, .max = 4, .sum = 9, .count = 3, .last = 4},
                     {.time = time + std::chrono::hours(1),
                      .min = 2.5,
                      .max = 2.5,
                      .sum = 2.5,
                      .count = 1,
                      .last = 2.5}};
    const auto body = read_json(history("&from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z").body);
    EXPECT_EQ(body, read_json(R"({
        "from": "2026-11-23 00:00:00.000000", "to": "2026-11-24 00:00:00.000000",
        "time": [1795431600.25, 1795435200.25], "min": [1.0, 2.5], "max": [4.0, 2.5],
        "mean": [3.0, 2.5], "last": [4.0, 2.5], "count": [3, 1], "raw": false})"));
}

TEST_F(HistoryResource, AsksForTheSeriesAndTheTimes) {
    EXPECT_EQ(history("&account=333333333333&from=2026-11-01T00:00:00%2B01:00&points=10000").status,
              200);
    EXPECT_EQ(table_.asked.series, (SeriesKey{"Accuracy", "churn", "prod", "333333333333"}));
    EXPECT_EQ(format_extraction_date(table_.asked.from), "2026-10-31 23:00:00.000000");
    EXPECT_EQ(table_.asked.to, clock_.now());
    EXPECT_EQ(table_.asked.points_max, 10'000U);
}

TEST_F(HistoryResource, DefaultsToThirtyDaysUntilNowIn500Points) {
    EXPECT_EQ(history("").status, 200);
    EXPECT_EQ(table_.asked.series.account_id, "");
    EXPECT_EQ(table_.asked.to, clock_.now());
    EXPECT_EQ(table_.asked.to - table_.asked.from, std::chrono::days(30));
    EXPECT_EQ(table_.asked.points_max, 500U);
}

TEST_F(HistoryResource, GivesEmptyColumnsForASeriesWithoutPoints) {
    const auto body = parse_json_object(history("").body);
    EXPECT_TRUE(body->at("time").as_array().empty());
    EXPECT_EQ(body->at("raw"), true);
}

TEST_F(HistoryResource, ShowsNobodyAnothersProjects) {
    table_.points = {{.time = clock_.now(), .min = 1, .max = 1, .sum = 1, .count = 1, .last = 1}};
    const std::string series = "/api/v1/history?hub=111111111111&metric=Accuracy&environment=prod";
    const auto guessed = get_limited_to({"churn"}, series + "&project=secret");
    EXPECT_EQ(guessed.status, 200) << "as for a project that does not exist";
    EXPECT_TRUE(parse_json_object(guessed.body)->at("time").as_array().empty());
    EXPECT_EQ(table_.asked.series.project_name, "") << "and in no other time";
    const auto own = get_limited_to({"churn"}, series + "&project=churn");
    EXPECT_EQ(parse_json_object(own.body)->at("time").as_array().size(), 1U);
}

TEST_F(HistoryResource, NamesTheBadParameter) {
    EXPECT_EQ(problem_detail(history("&points=0"), 400),
              "parameter points: must be a whole number from 1 to 10000");
    EXPECT_EQ(problem_detail(history("&points=10001"), 400),
              "parameter points: must be a whole number from 1 to 10000");
    EXPECT_EQ(problem_detail(history("&from=NaN"), 400),
              "parameter from: must be a time such as 2026-11-23T12:00:00Z");
    EXPECT_EQ(problem_detail(history("&to=99999-01-01T00:00:00Z"), 400),
              "parameter to: must be a time such as 2026-11-23T12:00:00Z");
    EXPECT_EQ(problem_detail(history("&from=2026-11-23T12:00:00Z"), 400),
              "parameter from: must be before to");
    EXPECT_EQ(problem_detail(get("/api/v1/history?hub=111111111111&project=a&environment=b"), 400),
              "parameter metric: missing");
}

TEST_F(HistoryResource, GivesProblemForAHubThatIsNotThere) {
    EXPECT_EQ(problem_detail(
                  get("/api/v1/history?hub=999999999999&metric=a&project=b&environment=c"), 404),
              "account 999999999999 is no hub");
}

}  // namespace
}  // namespace dsdash::dashboard
