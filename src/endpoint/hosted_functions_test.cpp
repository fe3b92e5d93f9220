#include "endpoint/hosted_functions.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "endpoint/guarded_tables.hpp"
#include "endpoint/testing/hosted_fixture.hpp"

namespace dsdash::endpoint {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// The seed's story: a hub, a spoke in dev and one in prod, connected.
class SeedStory : public HostedFixture {
  protected:
    SeedStory() {
        EXPECT_TRUE(deploy(hub(), "hub"));
        EXPECT_TRUE(deploy(dev(), "spoke", kSpokeContext));
        auto prod_context = kSpokeContext;
        prod_context["environment"] = "prod";
        EXPECT_TRUE(deploy(prod(), "spoke", prod_context));
        put_parameter(hub(), "/monitored_projects/Project1/dev", "222222222222");
        put_parameter(hub(), "/monitored_projects/Project1/prod", "333333333333");
        put_parameter(dev(), "/monitors/TestHub", "111111111111");
        put_parameter(prod(), "/monitors/TestHub", "111111111111");
        for (const auto* action : {"EBPut", "EBRule"}) {
            for (auto* one : {&hub(), &dev(), &prod()}) {
                EXPECT_EQ(connect(*one, action), "") << action;
            }
        }
    }
    void refresh() {
        ASSERT_TRUE(invoke(hub(), contract::kRefreshFunction, "{}"));
        deliver();
    }
    /// "dev TotalCompletedTrainingJobs 2" for each latest value.
    std::vector<std::string> latest() {
        std::vector<std::string> lines;
        const auto records = hub().metric_table().latest().value();
        for (const auto& record : records) {
            lines.push_back(fmt::format("{} {} {}", record.series.environment,
                                        record.series.metric_name, record.value.to_string()));
        }
        std::ranges::sort(lines);
        return lines;
    }
};

TEST_F(SeedStory, BringsEverySpokesMetricsToTheHub) {
    run_job(dev(), "train-1", "Completed");
    run_job(dev(), "train-2", "Completed");
    run_job(dev(), "train-3", "Failed");
    run_job(prod(), "train-1", "Completed");
    refresh();
    EXPECT_THAT(
        latest(),
        ElementsAre("dev CompletedTrainingJobs24h 2", "dev NumberEndPointsInService 0",
                    "dev TotalCompletedTrainingJobs 2", "prod CompletedTrainingJobs24h 1",
                    "prod NumberEndPointsInService 0", "prod TotalCompletedTrainingJobs 1"));
}

TEST_F(SeedStory, ReportsWhoAnsweredWhichFetch) {
    const auto fetch = invoke(hub(), contract::kRefreshFunction, "{}").value();
    EXPECT_EQ(fetch.at("Spokes").as_array().size(), 2U);
    deliver();
    const auto reports = hub().hub_state().reports().value();
    ASSERT_EQ(reports.size(), 2U);
    for (const auto& report : reports) {
        EXPECT_EQ(report.fetch_id, fetch.at("FetchId").as_string().c_str());
        EXPECT_EQ(report.metrics.size(), 3U);
        EXPECT_THAT(report.failures, IsEmpty());
    }
}

TEST_F(SeedStory, DoesNotLoop) {
    refresh();
    const auto before = hub().metric_table().count().value();
    deliver();
    EXPECT_EQ(hub().metric_table().count().value(), before);
    EXPECT_EQ(before, 6);
}

TEST_F(SeedStory, StartsByTheSeedsFetchEventToo) {
    ASSERT_TRUE(call(hub(), "events", "PutEvents", object_of(R"({"Entries":[{
        "Source":"metric_extractor","DetailType":"metric_extractor","Detail":"{}"}]})")));
    deliver();
    EXPECT_EQ(hub().metric_table().count().value(), 6);
    EXPECT_THAT(hub().hub_state().quarantined({}, 10).value(), IsEmpty());
}

TEST_F(SeedStory, AnswersAPing) {
    ASSERT_TRUE(call(hub(), "events", "PutEvents", object_of(R"({"Entries":[{
        "Source":"ds-dashboard","DetailType":"ping","Detail":"{\"PingId\":\"p\"}"}]})")));
    const auto attempts_before = engine_->run_due();
    EXPECT_GT(attempts_before, 0U);
    deliver();
    EXPECT_EQ(hub().metric_table().count().value(), 0);
    EXPECT_THAT(hub().dead_letters().list(0, 10).value(), IsEmpty());
}

TEST_F(SeedStory, ShowsAMetricThatItsRoleDoesNotAllowAndStillBringsTheOthers) {
    auto function = dev().functions().find(contract::kExtractionFunction).value().value();
    const std::string permission = "sagemaker:ListEndpoints";
    function.role_policy.replace(function.role_policy.find(permission), permission.size(),
                                 "sagemaker:ListModels");
    ASSERT_TRUE(dev().functions().put(function));
    refresh();
    EXPECT_EQ(hub().metric_table().count().value(), 5);
    const auto reports = hub().hub_state().reports().value();
    ASSERT_EQ(reports.at(0).failures.size(), 1U);
    EXPECT_EQ(reports[0].failures[0].metric_name, "NumberEndPointsInService");
    EXPECT_EQ(reports[0].failures[0].reason,
              "User: arn:aws:sts::222222222222:assumed-role/ds-dashboard-metric-extraction-role/"
              "ds-dashboard-metric-extraction is not authorized to perform: "
              "sagemaker:ListEndpoints on resource: * because no identity-based policy allows the "
              "sagemaker:ListEndpoints action");
}

TEST_F(SeedStory, QuarantinesASpokeThatIsNoLongerRegistered) {
    ASSERT_TRUE(
        call(hub(), "ssm", "DeleteParameter", {{"Name", "/monitored_projects/Project1/dev"}}));
    refresh();
    EXPECT_EQ(hub().metric_table().count().value(), 3);
    const auto quarantined = hub().hub_state().quarantined({}, 10).value();
    EXPECT_EQ(quarantined.size(), 4U);  // three metrics and the report
    EXPECT_THAT(quarantined.at(0).reason, HasSubstr("222222222222 is not registered"));
}

TEST_F(SeedStory, BringsNothingAfterDisconnect) {
    EXPECT_EQ(connect(hub(), "Disconnect"), "");
    EXPECT_EQ(connect(dev(), "Disconnect"), "");
    refresh();
    EXPECT_EQ(hub().metric_table().count().value(), 0);
    EXPECT_EQ(hub().bus().policy().text().value(), std::nullopt);
    const auto rules = dev().bus().rules().list_rules("forward", "", 10).value();
    EXPECT_THAT(rules, IsEmpty());
}

TEST_F(SeedStory, RefusesToConnectBeforeTheOtherSideAllowsIt) {
    EXPECT_EQ(connect(hub(), "Disconnect"), "");
    EXPECT_EQ(connect(dev(), "Disconnect"), "");
    EXPECT_THAT(connect(dev(), "EBRule"), HasSubstr("111111111111"));
    EXPECT_EQ(connect(hub(), "EBPut"), "");
    EXPECT_EQ(connect(dev(), "EBRule"), "");
}

TEST_F(SeedStory, StopsCallsAfterTheDeadline) {
    const auto function = dev().functions().find(contract::kExtractionFunction).value().value();
    const auto answer = functions_->invoke(dev(), function, "{}", clock_.now());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::timed_out);
}

TEST_F(SeedStory, StopsTheTablesAfterTheDeadlineToo) {
    const auto function = hub().functions().find(contract::kArchiveFunction).value().value();
    const auto role = FunctionRole::of(hub(), function).value();
    const TableGuard guard(role, table_arn(hub().region(), hub().id(), contract::kHubTable), clock_,
                           clock_.now() + std::chrono::seconds(1));
    GuardedHubState state(hub().hub_state(), guard);
    GuardedMetricTable table(hub().metric_table(), guard, guard);
    const MetricRecord record;
    EXPECT_TRUE(guard.check("dynamodb:PutItem"));
    clock_.advance(std::chrono::seconds(1));
    EXPECT_EQ(table.put({&record, 1}).at(0).error().kind, ErrorKind::timed_out);
    EXPECT_EQ(table.latest().error().kind, ErrorKind::timed_out);
    EXPECT_EQ(state.reports().error().kind, ErrorKind::timed_out);
}

TEST_F(SeedStory, HandsOnADamagedRolePolicy) {
    auto function = hub().functions().find(contract::kArchiveFunction).value().value();
    function.role_policy = "{";
    const auto event = Event::from_json(R"({"id":"e","source":"s","detail-type":"t","account":
        "222222222222","time":"2026-11-23T12:00:00Z","region":"eu-west-1","detail":{}})");
    const auto answers =
        functions_->deliver(hub(), function, {&*event, 1}, clock_.now() + std::chrono::seconds(1));
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_FALSE(answers[0]);
}

TEST_F(SeedStory, RefusesAnUnknownHandler) {
    auto function = hub().functions().find(contract::kArchiveFunction).value().value();
    function.handler = "shell";
    const auto answer =
        functions_->invoke(hub(), function, "{}", clock_.now() + std::chrono::seconds(1));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::not_found);
}

TEST_F(HostedFixture, AnAccountMayBeHubAndSpokeOfItself) {
    ASSERT_TRUE(deploy(hub(), "hub"));
    auto spoke = kSpokeContext;
    spoke["connection"] = "existing";
    ASSERT_TRUE(deploy(hub(), "spoke", spoke));
    ASSERT_TRUE(invoke(hub(), contract::kRefreshFunction, "{}"));
    deliver();
    EXPECT_EQ(hub().metric_table().count().value(), 0);  // not registered: ignored
    EXPECT_THAT(hub().hub_state().quarantined({}, 10).value(), IsEmpty());

    put_parameter(hub(), "/monitored_projects/Project1/dev", "111111111111");
    EXPECT_EQ(connect(hub(), "EBPut"), "");
    EXPECT_EQ(connect(hub(), "EBRule"), "");
    ASSERT_TRUE(invoke(hub(), contract::kRefreshFunction, "{}"));
    deliver();
    EXPECT_EQ(hub().metric_table().count().value(), 3);
}

}  // namespace
}  // namespace dsdash::endpoint
