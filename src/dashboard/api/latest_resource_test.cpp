#include "dashboard/testing/dashboard_fixture.hpp"

namespace dsdash::dashboard {
namespace {

using LatestResource = DashboardTest;

MetricRecord record(std::string_view value, std::string project = "churn") {
    MetricRecord record;
    record.series = {"Accuracy", std::move(project), "prod", "333333333333"};
    record.extraction_date = parse_extraction_date("2026-11-23 11:59:58.000123").value();
    record.value = Decimal::parse(value).value();
    return record;
}

TEST_F(LatestResource, GivesValuesExactlyAndAsNumbers) {
    hubs_.hub("111111111111").metrics.put({{record("0.12345678901234567890123456789")}});
    const auto body = read_json(get("/api/v1/latest?hub=111111111111").body);
    EXPECT_EQ(body, read_json(R"({
        "hub": {"account_id": "111111111111", "name": "hub", "region": "eu-west-1"},
        "records": [{"project_name": "churn", "environment": "prod", "account_id": "333333333333",
                     "metric_name": "Accuracy", "state": "fresh", "expected_interval_s": null,
                     "extraction_date": "2026-11-23 11:59:58.000123",
                     "value": "0.12345678901234567890123456789", "number": 0.12345678901234568}],
        "reports": []})"));
}

TEST_F(LatestResource, GivesTheReportsWithTheirFailures) {
    ExtractionReport report;
    report.account_id = "222222222222";
    report.project_name = "churn";
    report.environment = "dev";
    report.fetch_id = "f-1";
    report.time = clock_.now();
    report.metrics = {"Accuracy", "SSMParamStoreValue"};
    report.failures = {{"SSMParamStoreValue", "no parameter \"x\""}};
    report.duration_ms = 12;
    ASSERT_TRUE(hubs_.hub("111111111111").state.put_report(report));
    const auto body = parse_json_object(get("/api/v1/latest?hub=111111111111").body);
    EXPECT_EQ(body->at("reports"), read_json(R"([
        {"account_id": "222222222222", "project_name": "churn", "environment": "dev",
         "date": "2026-11-23 12:00:00.000000", "fetch_id": "f-1",
         "metrics": ["Accuracy", "SSMParamStoreValue"],
         "failures": [{"metric_name": "SSMParamStoreValue", "reason": "no parameter \"x\""}],
         "duration_ms": 12}])"));
    EXPECT_EQ(body->at("records"), read_json(R"([
        {"project_name": "churn", "environment": "dev", "account_id": "222222222222",
         "metric_name": "Accuracy", "state": "silent", "expected_interval_s": null,
         "extraction_date": null, "value": null, "number": null},
        {"project_name": "churn", "environment": "dev", "account_id": "222222222222",
         "metric_name": "SSMParamStoreValue", "state": "failed", "reason": "no parameter \"x\"",
         "expected_interval_s": null, "extraction_date": null, "value": null, "number": null}])"));
}

TEST_F(LatestResource, ExpectsWhatTheHubsScheduleSays) {
    auto& hub = hubs_.hub("111111111111");
    auto old = record("1");
    old.extraction_date = clock_.now() - std::chrono::minutes(100);
    hub.metrics.put({{old}});
    hub.refresh_interval = std::chrono::hours(1);
    const auto body = parse_json_object(get("/api/v1/latest?hub=111111111111").body);
    const auto& answered = body->at("records").at(0);
    EXPECT_EQ(answered.at("expected_interval_s"), 3600);
    EXPECT_EQ(answered.at("state"), "late");
}

TEST_F(LatestResource, ShowsNobodyAnothersProjects) {
    auto& hub = hubs_.hub("111111111111");
    hub.metrics.put({{record("1", "churn"), record("2", "secret")}});
    for (const char* project : {"churn", "secret"}) {
        ExtractionReport report;
        report.account_id = "222222222222";
        report.project_name = project;
        report.failures = {{"Accuracy", std::string("of ") + project}};
        ASSERT_TRUE(hub.state.put_report(report));
    }
    const auto target = "/api/v1/latest?hub=111111111111";
    const auto limited = get_limited_to({"churn"}, target).body;
    EXPECT_NE(limited.find("churn"), std::string::npos);
    EXPECT_EQ(limited.find("secret"), std::string::npos) << limited;
    const auto body = parse_json_object(get_limited_to({"Churn", "none"}, target).body);
    EXPECT_EQ(body->at("records"), json::array());
    EXPECT_EQ(body->at("reports"), json::array());
    EXPECT_NE(get(target).body.find("secret"), std::string::npos);
}

TEST_F(LatestResource, NeedsAHubThatIsThere) {
    EXPECT_EQ(problem_detail(get("/api/v1/latest"), 400), "parameter hub: missing");
    EXPECT_EQ(problem_detail(get("/api/v1/latest?hub=1"), 400),
              "parameter hub: must be the 12 digits of an account id");
    EXPECT_EQ(problem_detail(get("/api/v1/latest?hub=999999999999"), 404),
              "account 999999999999 is no hub");
}

TEST_F(LatestResource, AnswersWithTheTablesError) {
    hubs_.hub("111111111111").metrics.failure =
        Error{ErrorKind::unreachable, "the disk does not answer", "", "", "mount it"};
    EXPECT_EQ(problem_detail(get("/api/v1/latest?hub=111111111111"), 503),
              "the disk does not answer (mount it)");
}

TEST_F(LatestResource, IsNotSentAgainUntilItChanges) {
    auto& hub = hubs_.hub("111111111111");
    auto again = request("GET", "/api/v1/latest?hub=111111111111");
    const auto fresh = send(again);
    again.headers.add("If-None-Match", std::string(*fresh.headers.find("ETag")));
    const auto unchanged = send(again);
    EXPECT_EQ(unchanged.status, 304);
    EXPECT_EQ(unchanged.body, "");
    EXPECT_EQ(unchanged.headers.find("ETag"), fresh.headers.find("ETag"));

    hub.metrics.put({{record("3")}});
    const auto changed = send(again);
    EXPECT_EQ(changed.status, 200);
    EXPECT_NE(changed.headers.find("ETag"), fresh.headers.find("ETag"));
}

}  // namespace
}  // namespace dsdash::dashboard
