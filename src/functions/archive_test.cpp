#include "functions/archive.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "functions/testing/function_fixture.hpp"

namespace dsdash::functions {
namespace {

using Outcome = Archived::Outcome;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Event metric(std::string_view detail_end, std::string_view account = "222222222222",
             std::string_view id = "event-1") {
    return make_event("metric_extractor", "metric_extractor",
                      fmt::format(R"({{"MetricName":"Jobs","MetricValue":0.10,)"
                                  R"("ExtractionDate":"2026-11-23 12:00:00.000001",{}}})",
                                  detail_end),
                      account, id);
}

Event churn_dev(std::string_view account = "222222222222", std::string_view id = "event-1") {
    return metric(R"("Metadata":{},"Environment":"dev","ProjectName":"churn")", account, id);
}

class ArchiveStore : public ::testing::Test {
  protected:
    ArchiveStore() {
        fixture_.parameters.parameters = {{"/monitored_projects/churn/dev", "222222222222"},
                                          {"/monitored_projects/churn/int", "222222222222"},
                                          {"/monitored_projects/churn/prod", "333333333333"}};
    }
    std::vector<Result<Archived>> store(const std::vector<Event>& events) {
        auto services = fixture_.services();
        return Archive(services).store(events);
    }
    Archived store_one(const Event& event) { return store({event}).at(0).value(); }

    FunctionFixture fixture_;
};

TEST_F(ArchiveStore, KeepsTheExactValueOfARegisteredProject) {
    EXPECT_EQ(store_one(churn_dev()).outcome, Outcome::stored);
    ASSERT_EQ(fixture_.metric_table.records.size(), 1U);
    const auto& record = fixture_.metric_table.records[0];
    EXPECT_EQ(record.value.to_string(), "0.1");
    EXPECT_EQ(record.series, (SeriesKey{"Jobs", "churn", "dev", "222222222222"}));
    EXPECT_EQ(record.metadata, "{}");
    EXPECT_EQ(record.event_id, "event-1");
}

TEST_F(ArchiveStore, TellsAnEventThatCameAgain) {
    EXPECT_EQ(store_one(churn_dev()).outcome, Outcome::stored);
    EXPECT_EQ(store_one(churn_dev()).outcome, Outcome::duplicate);
}

TEST_F(ArchiveStore, PutsTheRecordsOfABatchTogetherAndReadsTheRegistrationsOnce) {
    std::vector<Event> events;
    for (int i = 0; i < 10'003; ++i) {
        events.push_back(churn_dev("222222222222", fmt::format("event-{}", i)));
    }
    const auto answers = store(events);
    EXPECT_EQ(answers.size(), events.size());
    EXPECT_EQ(answers.back().value().outcome, Outcome::stored);
    EXPECT_THAT(fixture_.metric_table.batches, ElementsAre(10'000, 3));
    EXPECT_EQ(fixture_.parameters.lists, 1);
}

TEST_F(ArchiveStore, AnswersInTheOrderOfTheEvents) {
    const auto answers =
        store({churn_dev("999999999999", "a"), churn_dev("222222222222", "b"),
               make_event("metric_fetch", "metric_fetch", "{}"), churn_dev("333333333333", "c"),
               metric(R"("Environment":"prod","ProjectName":"churn")", "333333333333", "d")});
    std::vector<Outcome> outcomes;
    for (const auto& answer : answers) outcomes.push_back(answer.value().outcome);
    EXPECT_THAT(outcomes, ElementsAre(Outcome::quarantined, Outcome::stored, Outcome::ignored,
                                      Outcome::quarantined, Outcome::stored));
}

TEST_F(ArchiveStore, QuarantinesAccountsThatAreNotRegistered) {
    const auto archived = store_one(churn_dev("999999999999"));
    EXPECT_EQ(archived.outcome, Outcome::quarantined);
    EXPECT_THAT(archived.reason, HasSubstr("999999999999 is not registered"));
    EXPECT_THAT(fixture_.metric_table.records, IsEmpty());
    ASSERT_EQ(fixture_.hub_state.quarantined.size(), 1U);
    EXPECT_EQ(fixture_.hub_state.quarantined[0].event.id, "event-1");
    EXPECT_EQ(fixture_.hub_state.quarantined[0].time, fixture_.clock.time);
}

TEST_F(ArchiveStore, QuarantinesANameThatIsRegisteredToAnotherAccount) {
    const auto archived =
        store_one(metric(R"("Environment":"prod","ProjectName":"churn")", "222222222222"));
    EXPECT_EQ(archived.outcome, Outcome::quarantined);
    EXPECT_THAT(archived.reason, HasSubstr("churn/prod is registered to another account"));
    EXPECT_THAT(fixture_.metric_table.records, IsEmpty());
}

TEST_F(ArchiveStore, StoresAnotherNameWithAWarning) {
    const auto archived = store_one(
        metric(R"("Metadata":{"seed": 1 },"Environment":"dev","ProjectName":"Project1")"));
    EXPECT_EQ(archived.outcome, Outcome::stored);
    EXPECT_EQ(object_of(fixture_.metric_table.records.at(0).metadata),
              object_of(R"({"seed":1,"RegistrationWarning":
                  "account 222222222222 is registered as churn/dev, churn/int"})"));
}

TEST_F(ArchiveStore, WarnsEvenIfTheSpokeWroteTheWarningItself) {
    store_one(metric(
        R"("Metadata":{"RegistrationWarning":"all is well"},"Environment":"x","ProjectName":"y")"));
    const auto metadata = object_of(fixture_.metric_table.records.at(0).metadata);
    EXPECT_THAT(std::string(metadata.at("RegistrationWarning").as_string()),
                HasSubstr("is registered as"));
}

TEST_F(ArchiveStore, KeepsSeveralRegistrationsOfOneAccount) {
    EXPECT_EQ(store_one(metric(R"("Environment":"int","ProjectName":"churn")")).outcome,
              Outcome::stored);
    EXPECT_EQ(fixture_.metric_table.records.at(0).metadata, "{}");
}

TEST_F(ArchiveStore, IgnoresItsOwnAccountUnlessItIsRegistered) {
    EXPECT_EQ(store_one(churn_dev("111111111111")).outcome, Outcome::ignored);
    EXPECT_THAT(fixture_.hub_state.quarantined, IsEmpty());
    fixture_.parameters.parameters["/monitored_projects/hub/dev"] = "111111111111";
    EXPECT_EQ(
        store_one(metric(R"("Environment":"dev","ProjectName":"hub")", "111111111111")).outcome,
        Outcome::stored);
}

TEST_F(ArchiveStore, QuarantinesMalformedMetrics) {
    for (
        const auto* detail : {
            R"({"MetricName":7})",
            R"({"MetricName":"Jobs"})",
            R"({"MetricName":{},"MetricValue":1})",
            R"({"MetricName":"Jobs","MetricValue":"NaN","ExtractionDate":"2026-11-23 12:00:00.000001","Environment":"dev","ProjectName":"churn"})",
            R"({"MetricName":"Jobs","MetricValue":1e999,"ExtractionDate":"2026-11-23 12:00:00.000001","Environment":"dev","ProjectName":"churn"})",
            R"({"MetricName":"Jobs","MetricValue":1,"ExtractionDate":"yesterday","Environment":"dev","ProjectName":"churn"})",
        }) {
        const auto archived = store_one(make_event("metric_extractor", "metric_extractor", detail));
        EXPECT_EQ(archived.outcome, Outcome::quarantined) << detail;
        EXPECT_FALSE(archived.reason.empty());
    }
    EXPECT_THAT(fixture_.metric_table.records, IsEmpty());
}

TEST_F(ArchiveStore, NeverStoresWhatIsNoMetric) {
    for (const auto& [source, type] :
         std::vector<std::pair<std::string, std::string>>{{"metric_fetch", "metric_fetch"},
                                                          {"metric_extractor", "metric_extractor"},
                                                          {"ds-dashboard", "ping"},
                                                          {"aws.events", "Scheduled Event"}}) {
        EXPECT_EQ(store_one(make_event(source, type, "{}")).outcome, Outcome::ignored) << source;
    }
    EXPECT_THAT(fixture_.metric_table.records, IsEmpty());
    EXPECT_THAT(fixture_.hub_state.quarantined, IsEmpty());
}

TEST_F(ArchiveStore, KeepsPongsOfRegisteredAccounts) {
    constexpr std::string_view kPong = R"({"PingId":"p1","PingDate":"2026-11-23 11:59:59.000000"})";
    EXPECT_EQ(store_one(make_event("ds-dashboard", "pong", kPong)).outcome, Outcome::pong_kept);
    ASSERT_EQ(fixture_.hub_state.stored_pongs.size(), 1U);
    const auto& pong = fixture_.hub_state.stored_pongs[0];
    EXPECT_EQ(pong.account_id, "222222222222");
    EXPECT_EQ(pong.ping_id, "p1");
    EXPECT_EQ(pong.date - pong.ping_date, std::chrono::seconds(1));
}

TEST_F(ArchiveStore, NeitherKeepsNorQuarantinesPongsOfStrangers) {
    const auto pong = make_event("ds-dashboard", "pong", "{}", "999999999999");
    EXPECT_EQ(store_one(pong).outcome, Outcome::ignored);
    EXPECT_THAT(fixture_.hub_state.stored_pongs, IsEmpty());
    EXPECT_THAT(fixture_.hub_state.quarantined, IsEmpty());
}

TEST_F(ArchiveStore, WantsAPongAgainThatCouldNotBeKept) {
    fixture_.hub_state.failure = Error{ErrorKind::unreachable, "disk full", {}, {}, {}};
    const auto event = make_event("ds-dashboard", "pong", "{}");
    auto services = fixture_.services();
    EXPECT_FALSE(Archive(services).store({&event, 1}).front());
}

constexpr std::string_view kReport =
    R"({"FetchId":"f1","ProjectName":"churn","Environment":"dev","Metrics":["A","B"],)"
    R"("Failures":[{"MetricName":"B","Reason":"denied"}],"DurationMs":12})";

TEST_F(ArchiveStore, KeepsReports) {
    const auto archived = store_one(make_event("ds-dashboard", "extraction_report", kReport));
    EXPECT_EQ(archived.outcome, Outcome::report_kept);
    ASSERT_EQ(fixture_.hub_state.stored_reports.size(), 1U);
    const auto& report = fixture_.hub_state.stored_reports[0];
    EXPECT_EQ(report.account_id, "222222222222");
    EXPECT_EQ(report.fetch_id, "f1");
    EXPECT_THAT(report.metrics, ElementsAre("A", "B"));
    ASSERT_EQ(report.failures.size(), 1U);
    EXPECT_EQ(report.failures[0].reason, "denied");
    EXPECT_EQ(report.duration_ms, 12);
}

TEST_F(ArchiveStore, QuarantinesReportsOfStrangersAndForeignNames) {
    for (const auto* account : {"999999999999", "333333333333"}) {
        const auto archived =
            store_one(make_event("ds-dashboard", "extraction_report", kReport, account));
        EXPECT_EQ(archived.outcome, Outcome::quarantined) << account;
    }
    EXPECT_THAT(fixture_.hub_state.stored_reports, IsEmpty());
}

TEST_F(ArchiveStore, QuarantinesMalformedReports) {
    for (const auto* detail :
         {"{}", R"({"ProjectName":"churn"})",
          R"({"ProjectName":"churn","Environment":"dev","Metrics":"A"})",
          R"({"ProjectName":"churn","Environment":"dev","Metrics":[1]})",
          R"({"ProjectName":"churn","Environment":"dev","Failures":[1]})",
          R"({"ProjectName":"churn","Environment":"dev","Failures":[{"MetricName":"A"}]})",
          R"({"ProjectName":"churn","Environment":"dev","DurationMs":"soon"})"}) {
        EXPECT_EQ(store_one(make_event("ds-dashboard", "extraction_report", detail)).outcome,
                  Outcome::quarantined)
            << detail;
    }
}

TEST_F(ArchiveStore, AsksForTheEventAgainWhenTheTableFails) {
    fixture_.metric_table.failure = Error{ErrorKind::unreachable, "disk full", {}, {}, {}};
    const auto answers = store({churn_dev()});
    ASSERT_FALSE(answers.at(0));
    EXPECT_EQ(answers[0].error().kind, ErrorKind::unreachable);
    EXPECT_THAT(fixture_.hub_state.quarantined, IsEmpty());
}

TEST_F(ArchiveStore, QuarantinesARecordThatTheTableWillNeverTake) {
    fixture_.metric_table.failure = Error{ErrorKind::malformed_input, "item too large", {}, {}, {}};
    const auto archived = store_one(churn_dev());
    EXPECT_EQ(archived.outcome, Outcome::quarantined);
    EXPECT_EQ(archived.reason, "item too large");
}

TEST_F(ArchiveStore, AsksForEverythingAgainWhenTheRegistrationsCannotBeRead) {
    fixture_.parameters.failure = Error{ErrorKind::throttled, "slow down", {}, {}, {}};
    const auto answers = store({churn_dev(), churn_dev()});
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_EQ(answers[0].error().kind, ErrorKind::throttled);
    EXPECT_EQ(answers[1].error().kind, ErrorKind::throttled);
}

TEST_F(ArchiveStore, AsksForTheEventAgainWhenTheQuarantineFails) {
    fixture_.hub_state.failure = Error{ErrorKind::unreachable, "disk full", {}, {}, {}};
    EXPECT_FALSE(store({churn_dev("999999999999")}).at(0));
    EXPECT_FALSE(store({make_event("ds-dashboard", "extraction_report", kReport)}).at(0));
}

TEST_F(ArchiveStore, AnswersASingleInvocation) {
    EXPECT_EQ(fixture_.answer_of("archive", churn_dev().to_json()),
              object_of(R"({"EventId":"event-1","Outcome":"stored"})"));
    const auto answer = fixture_.answer_of("archive", churn_dev("999999999999").to_json());
    EXPECT_EQ(answer.at("Outcome").as_string(), "quarantined");
    EXPECT_FALSE(answer.at("Reason").as_string().empty());
}

TEST_F(ArchiveStore, RefusesAPayloadThatIsNoEvent) {
    for (const auto* payload : {"", "{}", "[]", R"({"id":"x"})"}) {
        const auto answer = fixture_.run("archive", payload);
        ASSERT_FALSE(answer) << payload;
        EXPECT_EQ(answer.error().kind, ErrorKind::malformed_input);
    }
}

}  // namespace
}  // namespace dsdash::functions
