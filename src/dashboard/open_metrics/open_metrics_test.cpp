#include "dashboard/open_metrics/open_metrics.hpp"

#include <gmock/gmock.h>

#include "dashboard/open_metrics/open_metrics_text.hpp"
#include "dashboard/testing/dashboard_fixture.hpp"

namespace dsdash::dashboard {
namespace {

using testing::HasSubstr;

class OpenMetrics : public DashboardTest {
  protected:
    FakeHubs::Tables& hub_ = hubs_.hub("111111111111");
};

TEST_F(OpenMetrics, TellsValueAgeIntervalAndStateOfEverySeries) {
    MetricRecord record;
    record.series = {"Jobs", "a \"b\"\\c\nd", "dev", "222222222222"};
    record.extraction_date = clock_.now() - std::chrono::minutes(90);
    record.value = Decimal::parse("0.12345678901234567890123456789").value();
    hub_.metrics.put({&record, 1});
    hub_.refresh_interval = std::chrono::minutes(30);
    const auto response = get("/metrics");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.find("Content-Type"),
              "application/openmetrics-text; version=1.0.0; charset=utf-8");
    const std::string labels = R"(hub="111111111111",project="a \"b\"\\c\nd",environment="dev",)"
                               R"(account="222222222222",metric="Jobs")";
    const auto line = [&](const std::string& name, const std::string& more) {
        return "\n" + name + "{" + labels + more + "\n";
    };
    EXPECT_THAT(response.body,
                HasSubstr(line("dsdash_metric_value", "} 0.12345678901234567890123456789")));
    EXPECT_THAT(response.body, HasSubstr(line("dsdash_metric_age_seconds", "} 5400")));
    EXPECT_THAT(response.body,
                HasSubstr(line("dsdash_metric_expected_interval_seconds", "} 1800")));
    EXPECT_THAT(response.body,
                HasSubstr(line("dsdash_metric_state", ",dsdash_metric_state=\"late\"} 1")));
    EXPECT_THAT(response.body,
                HasSubstr(line("dsdash_metric_state", ",dsdash_metric_state=\"fresh\"} 0")));
}

TEST_F(OpenMetrics, CountsSpokesAndDeadLetters) {
    hub_.registrations = {{AccountId::parse("222222222222").value(), "churn", "dev"}};
    hub_.dead_letters = {{.id = "d-1"}, {.id = "q-1", .kind = DeadLetter::Kind::quarantine}};
    const auto body = get("/metrics").body;
    EXPECT_THAT(body, HasSubstr("dsdash_spokes{hub=\"111111111111\",state=\"silent\"} 1\n"));
    EXPECT_THAT(body, HasSubstr("dsdash_spokes{hub=\"111111111111\",state=\"fresh\"} 0\n"));
    EXPECT_THAT(body, HasSubstr("dsdash_dead_letters{hub=\"111111111111\",kind=\"delivery\"} 1\n"));
    EXPECT_THAT(body,
                HasSubstr("dsdash_dead_letters{hub=\"111111111111\",kind=\"quarantine\"} 1\n"));
}

TEST_F(OpenMetrics, TellsOfTheProgramItselfAndEnds) {
    const auto body = get("/metrics").body;
    EXPECT_THAT(body, testing::ContainsRegex("\nprocess_resident_memory_bytes [1-9][0-9]{5,}\n"));
    EXPECT_THAT(body, testing::ContainsRegex("\nprocess_start_time_seconds 1[0-9]{9}"));
    EXPECT_THAT(body, testing::ContainsRegex("\nprocess_open_fds [1-9]"));
    EXPECT_TRUE(body.ends_with("\n# EOF\n"));
}

TEST_F(OpenMetrics, AnswersWithTheTablesError) {
    hub_.metrics.failure = Error{ErrorKind::unreachable, "the disk does not answer", "", "", ""};
    EXPECT_EQ(problem_detail(get("/metrics"), 503), "the disk does not answer");
}

}  // namespace
}  // namespace dsdash::dashboard
