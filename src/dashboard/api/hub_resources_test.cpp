#include <fmt/format.h>

#include "dashboard/testing/dashboard_fixture.hpp"

namespace dsdash::dashboard {
namespace {

constexpr const char* kHub = "111111111111";
constexpr const char* kDev = "222222222222";
constexpr const char* kProd = "333333333333";

/// A hub with two registered spokes of project churn; the one in prod has never been heard of.
class HubResources : public DashboardTest {
  protected:
    HubResources() {
        hub_.registrations = {{AccountId::parse(kDev).value(), "churn", "dev"},
                              {AccountId::parse(kProd).value(), "churn", "prod"}};
        MetricRecord record;
        record.series = {"Jobs", "churn", "dev", kDev};
        record.extraction_date = clock_.now() - std::chrono::minutes(5);
        record.value = Decimal(std::int64_t{3});
        record.event_id = "e-1";
        record.delivery_delay = std::chrono::milliseconds(250);
        record.metadata = R"({"unit":"1"})";
        hub_.metrics.put({&record, 1});
    }

    json::object answer(const std::string& target) {
        const auto response = get(target);
        EXPECT_EQ(response.status, 200) << response.body;
        return parse_json_object(response.body).value_or(json::object());
    }
    json::object hub_answer(const std::string& resource) {
        return answer("/api/v1/" + resource + "?hub=" + kHub);
    }
    void report_failure() {
        ASSERT_TRUE(hub_.state.put_report({.account_id = kDev,
                                           .project_name = "churn",
                                           .environment = "dev",
                                           .fetch_id = "f-1",
                                           .time = clock_.now() - std::chrono::minutes(4),
                                           .metrics = {"Jobs", "Other"},
                                           .failures = {{"Other", "denied"}},
                                           .duration_ms = 3}));
    }

    FakeHubs::Tables& hub_ = hubs_.hub(kHub);
};

TEST_F(HubResources, OverviewCountsTheHub) {
    report_failure();
    hub_.refresh_interval = std::chrono::hours(1);
    hub_.dead_letters = {
        {.id = "d-1"}, {.id = "d-2"}, {.id = "q-1", .kind = DeadLetter::Kind::quarantine}};
    EXPECT_EQ(json::value(hub_answer("overview")), read_json(R"({
        "hub": {"account_id": "111111111111", "name": "hub", "region": "eu-west-1"},
        "projects": 1, "series": 2, "spokes": {"reporting": 1, "late": 0, "silent": 1},
        "failing_metrics": 1, "dead_letters": 2, "quarantined": 1, "refresh_schedule_s": 3600,
        "last_fetch": {"fetch_id": "f-1", "date": "2026-11-23 11:56:00.000000", "spokes": 2,
                       "answered": 1}})"));
}

TEST_F(HubResources, OverviewKnowsNoFetchBeforeTheFirstReport) {
    EXPECT_TRUE(hub_answer("overview").at("last_fetch").is_null());
    EXPECT_TRUE(hub_answer("overview").at("refresh_schedule_s").is_null());
}

TEST_F(HubResources, TrendsTellADayAndItsValueInOneColumnEach) {
    SeriesTrend trend{
        .series = {"Jobs", "churn", "dev", kDev}, .last = {}, .day_ago = 2.5, .week_ago = {}};
    trend.last.front() = 1;
    trend.last.back() = 3;
    hub_.metrics.all_trends = {trend};
    const auto trends = answer(std::string("/api/v1/trends?project=churn&hub=") + kHub);
    const auto& days = trends.at("day_times").as_array();
    ASSERT_EQ(days.size(), 31U);
    EXPECT_EQ(days.back(), to_epoch_seconds(parse_iso8601("2026-11-23T00:00:00Z").value()));
    EXPECT_EQ(days.front(), to_epoch_seconds(parse_iso8601("2026-10-24T00:00:00Z").value()));
    const auto& series = trends.at("series").at(0).as_object();
    EXPECT_EQ(series.at("last").at(0), 1.0);
    EXPECT_TRUE(series.at("last").at(1).is_null());
    EXPECT_EQ(series.at("last").at(30), 3.0);
    EXPECT_EQ(series.at("day_ago"), 2.5);
    EXPECT_TRUE(series.at("week_ago").is_null());
    EXPECT_EQ(series.at("metric_name"), "Jobs");
    EXPECT_TRUE(answer(std::string("/api/v1/trends?project=x&hub=") + kHub)
                    .at("series")
                    .as_array()
                    .empty());
}

TEST_F(HubResources, SamplesAreSingleRecords) {
    const std::string target = std::string("/api/v1/samples?hub=") + kHub +
                               "&metric=Jobs&project=churn&environment=dev&account=" + kDev;
    EXPECT_EQ(json::value(answer(target)), read_json(R"({
        "samples": [{"extraction_date": "2026-11-23 11:55:00.000000",
                     "original_extraction_date": null, "value": "3", "number": 3.0,
                     "event_id": "e-1", "delivery_delay_s": 0.25, "metadata": {"unit": "1"}}],
        "more": false})"));
    EXPECT_EQ(hub_.metrics.asked_samples.limit, 101U);
    EXPECT_EQ(hub_.metrics.asked_samples.to, clock_.now());
    EXPECT_EQ(problem_detail(get(target + "&limit=1001"), 400),
              "parameter limit: must be a whole number from 1 to 1000");
}

TEST_F(HubResources, SamplesSayWhetherThereAreMore) {
    MetricRecord second;
    second.series = {"Jobs", "churn", "dev", kDev};
    hub_.metrics.put({&second, 1});
    const auto samples = answer(std::string("/api/v1/samples?limit=1&hub=") + kHub +
                                "&metric=Jobs&project=churn&environment=dev&account=" + kDev);
    EXPECT_EQ(samples.at("samples").as_array().size(), 1U);
    EXPECT_EQ(samples.at("more"), true);
}

TEST_F(HubResources, SpokesTellHowTheyAreConnectedAndWhatMendsIt) {
    using State = doctor::Finding::State;
    const auto dev = AccountId::parse(kDev).value();
    const auto prod = AccountId::parse(kProd).value();
    hub_.findings = {
        {AccountId::parse(kHub).value(), "self", "function", State::well, "all there", ""},
        {dev, "spoke", "permission", State::well, "may put events", ""},
        {dev, "spoke", "rule", State::wrong, "no rule forwards to it", "dsdash invoke …"},
        {prod, "spoke", "permission", State::wrong, "may not put events", "dsdash invoke …"}};
    hub_.dead_letters = {
        {.id = "d-1", .target_arn = "arn:aws:events:eu-west-1:222222222222:event-bus/default"}};
    report_failure();
    const auto body = hub_answer("spokes");
    EXPECT_EQ(body.at("findings").as_array().size(), 1U);
    const auto& spokes = body.at("spokes").as_array();
    ASSERT_EQ(spokes.size(), 2U);
    EXPECT_EQ(spokes[0], read_json(R"({
        "account_id": "222222222222",
        "registrations": [{"project_name": "churn", "environment": "dev"}],
        "state": "reporting", "connection": "half_connected", "last_event_time": 1795434960.0,
        "delay_s": 0.25, "dead_letters": 1, "metrics": 2, "failing": 1,
        "findings": [
            {"check": "permission", "state": "ok", "message": "may put events", "command": ""},
            {"check": "rule", "state": "wrong", "message": "no rule forwards to it",
             "command": "dsdash invoke …"}]})"));
    EXPECT_EQ(spokes[1].at("connection"), "not_connected");
    EXPECT_EQ(spokes[1].at("state"), "silent");
    EXPECT_TRUE(spokes[1].at("last_event_time").is_null());
}

TEST_F(HubResources, MetricsAreTheCatalogue) {
    const auto metrics = answer("/api/v1/metrics").at("metrics").as_array();
    const auto is_jobs = [](const json::value& metric) {
        return metric.at("name") == "TotalCompletedTrainingJobs" &&
               !metric.at("description").as_string().empty();
    };
    EXPECT_EQ(std::ranges::count_if(metrics, is_jobs), 1);
}

TEST_F(HubResources, ShowNothingOfAProjectThatMayNotBeSeen) {
    report_failure();
    hub_.dead_letters = {{.id = "q-1", .kind = DeadLetter::Kind::quarantine, .account = kDev}};
    hub_.findings = {{AccountId::parse(kDev).value(), "spoke", "rule",
                      doctor::Finding::State::wrong, "no rule", "dsdash invoke"}};
    hub_.metrics.all_trends = {
        {.series = {"Jobs", "churn", "dev", kDev}, .last = {}, .day_ago = {}, .week_ago = {}}};
    const std::string hub = std::string("hub=") + kHub;
    const auto series = hub + "&metric=Jobs&project=churn&environment=dev&account=" + kDev;
    const std::pair<std::string, std::string> targets[] = {
        {"/api/v1/latest?" + hub, "records"},     {"/api/v1/latest?" + hub, "reports"},
        {"/api/v1/spokes?" + hub, "spokes"},      {"/api/v1/spokes?" + hub, "findings"},
        {"/api/v1/attention?" + hub, "items"},    {"/api/v1/trends?project=churn&" + hub, "series"},
        {"/api/v1/samples?" + series, "samples"}, {"/api/v1/history?" + series, "time"}};
    for (const auto& [target, list] : targets) {
        const auto seen = parse_json_object(get_limited_to({"fraud"}, target).body);
        EXPECT_TRUE(seen->at(list).as_array().empty()) << target << " " << list;
    }
    const auto overview =
        parse_json_object(get_limited_to({"fraud"}, "/api/v1/overview?" + hub).body);
    EXPECT_EQ(overview->at("projects"), 0);
    EXPECT_EQ(overview->at("quarantined"), 0);
    EXPECT_EQ(overview->at("failing_metrics"), 0);
    EXPECT_TRUE(overview->at("last_fetch").is_null());
    const auto metrics = get_limited_to({"fraud"}, "/metrics").body;
    EXPECT_EQ(metrics.find("churn"), std::string::npos);
    EXPECT_NE(get_limited_to({"churn"}, "/metrics").body.find("churn"), std::string::npos);
    EXPECT_EQ(parse_json_object(get_limited_to({"churn"}, "/api/v1/overview?" + hub).body)
                  ->at("quarantined"),
              1);
}

TEST_F(HubResources, TellOfASharedAccountOnlyHowItIsConnected) {
    using State = doctor::Finding::State;
    const auto dev = AccountId::parse(kDev).value();
    hub_.registrations.push_back({dev, "secret", "dev"});
    hub_.dead_letters = {{.id = "q-1", .kind = DeadLetter::Kind::quarantine, .account = kDev}};
    hub_.findings = {
        {dev, "spoke", "parameter", State::well, "churn/dev, secret/dev", ""},
        {dev, "spoke", "rule", State::well, "forwards to it", ""},
        {dev, "spoke", "report", State::wrong, "SecretMetric: denied", "dsdash invoke"},
        {AccountId::parse(kHub).value(), "self", "parameter", State::wrong, "secret/int: no", ""}};
    const std::string hub = std::string("?hub=") + kHub;
    const auto body = get_limited_to({"churn"}, "/api/v1/spokes" + hub).body;
    EXPECT_EQ(body.find("ecret"), std::string::npos) << body;
    const auto spoke = parse_json_object(body)->at("spokes").at(0);
    EXPECT_EQ(spoke.at("connection"), "connected");
    EXPECT_EQ(spoke.at("findings").as_array().size(), 1U);
    for (const std::string resource : {"latest", "overview", "attention"}) {
        const auto seen =
            get_limited_to({"churn"}, fmt::format("/api/v1/{}{}", resource, hub)).body;
        EXPECT_EQ(seen.find("ecret"), std::string::npos) << seen;
    }
    EXPECT_EQ(parse_json_object(get_limited_to({"churn"}, "/api/v1/overview" + hub).body)
                  ->at("quarantined"),
              0);
}

TEST_F(HubResources, TellEverybodyThatTheyAreOutOfDate) {
    hub_.findings = {{AccountId::parse(kHub).value(), "self", "cache",
                      doctor::Finding::State::wrong, "of 11:00: no secret/dev", ""}};
    const std::string target = std::string("/api/v1/attention?hub=") + kHub;
    const auto body = get_limited_to({"churn"}, target).body;
    EXPECT_NE(body.find("out_of_date"), std::string::npos) << body;
    EXPECT_EQ(body.find("secret"), std::string::npos) << body;
    EXPECT_NE(get(target).body.find("secret"), std::string::npos);
}

TEST_F(HubResources, SamplesTellNotWhatElseTheirAccountIsRegisteredAs) {
    MetricRecord record;
    record.series = {"Jobs", "churn", "dev", kDev};
    record.metadata = R"({"RegistrationWarning":"account is registered as secret/dev","a":1})";
    hub_.metrics.put({&record, 1});
    const std::string target = std::string("/api/v1/samples?hub=") + kHub +
                               "&metric=Jobs&project=churn&environment=dev&account=" + kDev;
    const auto seen = get_limited_to({"churn"}, target).body;
    EXPECT_EQ(parse_json_object(seen)->at("samples").at(1).at("metadata"), read_json(R"({"a":1})"));
    EXPECT_NE(get(target).body.find("secret/dev"), std::string::npos);
}

TEST_F(HubResources, TellOfWhatCouldNotBeSentToASpokeThatMayBeSeen) {
    hub_.dead_letters = {{.id = "d-1",
                          .account = kHub,
                          .target_arn = "arn:aws:events:eu-west-1:222222222222:event-bus/default"}};
    const std::string target = std::string("/api/v1/overview?hub=") + kHub;
    EXPECT_EQ(parse_json_object(get_limited_to({"churn"}, target).body)->at("dead_letters"), 1);
    EXPECT_EQ(parse_json_object(get_limited_to({"fraud"}, target).body)->at("dead_letters"), 0);
}

TEST_F(HubResources, NeedAHubThatIsThere) {
    for (const std::string resource : {"overview", "latest", "spokes", "attention"}) {
        EXPECT_EQ(problem_detail(get(fmt::format("/api/v1/{}?hub=999999999999", resource)), 404),
                  "account 999999999999 is no hub");
        EXPECT_EQ(problem_detail(get(fmt::format("/api/v1/{}", resource)), 400),
                  "parameter hub: missing");
    }
}

}  // namespace
}  // namespace dsdash::dashboard
