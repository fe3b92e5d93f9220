#include "functions/extraction.hpp"

#include <gmock/gmock.h>

#include "domain/metric_record.hpp"
#include "functions/testing/function_fixture.hpp"

namespace dsdash::functions {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kFetch =
    make_event("metric_fetch", "metric_fetch", R"({"FetchId":"f1"})", "111111111111").to_json();

class ExtractionRun : public ::testing::Test {
  protected:
    ExtractionRun() {
        fixture_.environment = {
            {"METRICS", "TotalCompletedTrainingJobs,NumberEndPointsInService,SSMParamStoreValue"},
            {"PROJECT_NAME", "churn"},
            {"ENVIRONMENT", "dev"},
            {"SSM_PARAMETER", "/models/churn/auc"}};
        fixture_.aws.script("sagemaker:ListTrainingJobs",
                            {object_of(R"({"TrainingJobSummaries":[{},{}]})")});
        fixture_.aws.script("sagemaker:ListEndpoints", {object_of(R"({"Endpoints":[{}]})")});
        fixture_.aws.script("ssm:GetParameter", {object_of(R"({"Parameter":{"Value":"0.10"}})")});
    }

    [[nodiscard]] std::vector<std::string> put_metric_names() const {
        std::vector<std::string> names;
        for (const auto& entry : fixture_.bus.entries) {
            if (entry.source != "metric_extractor") continue;
            names.push_back(required_string(object_of(entry.detail), "MetricName").value());
        }
        return names;
    }
    [[nodiscard]] json::object report() const {
        const auto& last = fixture_.bus.entries.back();
        EXPECT_EQ(last.source, "ds-dashboard");
        EXPECT_EQ(last.detail_type, "extraction_report");
        return object_of(last.detail);
    }
    [[nodiscard]] std::string only_reason() const {
        const auto failures = report().at("Failures").as_array();
        EXPECT_EQ(failures.size(), 1U);
        return std::string(failures.at(0).at("Reason").as_string());
    }

    FunctionFixture fixture_;
};

TEST_F(ExtractionRun, PutsOneEventAMetricAndThenTheReport) {
    ASSERT_TRUE(fixture_.run("extraction", kFetch));
    EXPECT_THAT(put_metric_names(), ElementsAre("TotalCompletedTrainingJobs",
                                                "NumberEndPointsInService", "SSMParamStoreValue"));
    EXPECT_EQ(fixture_.bus.entries.size(), 4U);
    EXPECT_EQ(report(), object_of(R"({"FetchId":"f1","ProjectName":"churn","Environment":"dev",
        "Metrics":["TotalCompletedTrainingJobs","NumberEndPointsInService","SSMParamStoreValue"],
        "Failures":[],"DurationMs":0})"));
}

TEST_F(ExtractionRun, WritesTheContractsDetail) {
    ASSERT_TRUE(fixture_.run("extraction", kFetch));
    EXPECT_EQ(fixture_.bus.entries.at(2).detail,
              R"({"MetricName":"SSMParamStoreValue","MetricValue":0.1,)"
              R"("ExtractionDate":"2026-11-23 12:00:00.000002","Metadata":{},)"
              R"("Environment":"dev","ProjectName":"churn"})");
}

TEST_F(ExtractionRun, GivesEveryMetricALaterDateThoughTheClockStandsStill) {
    ASSERT_TRUE(fixture_.run("extraction", kFetch));
    const auto date_of = [&](std::size_t i) {
        return required_string(object_of(fixture_.bus.entries.at(i).detail), "ExtractionDate")
            .value();
    };
    EXPECT_LT(date_of(0), date_of(1));
    EXPECT_LT(date_of(1), date_of(2));
}

TEST_F(ExtractionRun, AnswersWithExactValuesAndEventIds) {
    const auto answer = fixture_.answer_of("extraction", kFetch);
    EXPECT_EQ(answer.at("FetchId").as_string(), "f1");
    EXPECT_EQ(answer.at("Metrics").at(2).at("MetricValue").as_string(), "0.1");
    EXPECT_EQ(answer.at("Metrics").at(0).at("EventId").as_string(), "event-1");
}

TEST_F(ExtractionRun, IsolatesAMetricThatFails) {
    fixture_.aws.script(
        "sagemaker:ListTrainingJobs",
        {fail(ErrorKind::denied, "User is not authorized", "AccessDeniedException")});
    ASSERT_TRUE(fixture_.run("extraction", kFetch));
    EXPECT_THAT(put_metric_names(), ElementsAre("NumberEndPointsInService", "SSMParamStoreValue"));
    EXPECT_EQ(only_reason(), "User is not authorized");
    EXPECT_EQ(report().at("Metrics").as_array().size(), 3U);
}

TEST_F(ExtractionRun, IsolatesAMetricThatThrows) {
    fixture_.aws.on("sagemaker:ListEndpoints",
                    [](const json::object& input) -> Result<json::object> {
                        return input.at("absent").as_object();
                    });
    ASSERT_TRUE(fixture_.run("extraction", kFetch));
    EXPECT_THAT(put_metric_names(),
                ElementsAre("TotalCompletedTrainingJobs", "SSMParamStoreValue"));
    EXPECT_THAT(only_reason(), HasSubstr("it threw"));
}

TEST_F(ExtractionRun, ReportsAMetricWhoseEventWasRefused) {
    fixture_.bus.refused_metrics["NumberEndPointsInService"] =
        Error{ErrorKind::throttled, "slow down", "ThrottlingException", {}, {}};
    const auto answer = fixture_.answer_of("extraction", kFetch);
    EXPECT_EQ(answer.at("Metrics").as_array().size(), 2U);
    EXPECT_THAT(only_reason(), HasSubstr("refused: slow down"));
}

TEST_F(ExtractionRun, NamesMetricsThatTheTimeDidNotSufficeFor) {
    fixture_.clock.step = std::chrono::seconds(12);  // of 60, 5 of them kept for putting
    ASSERT_TRUE(fixture_.run("extraction", kFetch));
    const auto failures = report().at("Failures").as_array();
    ASSERT_GE(failures.size(), 2U);
    for (const auto& failure : failures) {
        EXPECT_THAT(std::string(failure.at("Reason").as_string()), HasSubstr("time ran out"));
    }
    EXPECT_EQ(put_metric_names().size() + failures.size(), 3U);
}

TEST_F(ExtractionRun, RefusesCallsOfAMetricThatTakesTooLong) {
    fixture_.aws.on("sagemaker:ListTrainingJobs", [&](const json::object&) -> Result<json::object> {
        fixture_.clock.time += std::chrono::seconds(56);
        return object_of(R"({"TrainingJobSummaries":[{}],"NextToken":"1"})");
    });
    ASSERT_TRUE(fixture_.run("extraction", kFetch));
    EXPECT_EQ(fixture_.aws.inputs_of("sagemaker:ListTrainingJobs").size(), 1U);
    EXPECT_THAT(put_metric_names(), IsEmpty());
    EXPECT_EQ(report().at("Failures").as_array().size(), 3U);
    EXPECT_EQ(report().at("DurationMs").as_int64(), 56'000);
}

TEST_F(ExtractionRun, GivesEveryMetricItsShareOfTheTime) {
    int pages = 0;
    fixture_.aws.on("sagemaker:ListTrainingJobs", [&](const json::object&) -> Result<json::object> {
        fixture_.clock.time += std::chrono::seconds(10);
        return json::object{{"TrainingJobSummaries", json::array{}},
                            {"NextToken", std::to_string(++pages)}};
    });
    ASSERT_TRUE(fixture_.run("extraction", kFetch));
    EXPECT_THAT(put_metric_names(), ElementsAre("NumberEndPointsInService", "SSMParamStoreValue"));
    EXPECT_EQ(report().at("Failures").as_array().size(), 1U);
}

TEST_F(ExtractionRun, FailsWhenItsReportCannotBePut) {
    fixture_.bus.refusals["extraction_report"] = Error{ErrorKind::denied, "no", {}, {}, {}};
    const auto answer = fixture_.run("extraction", kFetch);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::denied);
}

TEST_F(ExtractionRun, StartsByTheSeedsFetchEventAndByHandAndBySchedule) {
    for (const auto& payload : {make_event("metric_extractor", "metric_extractor", "{}").to_json(),
                                make_event("aws.events", "Scheduled Event", "{}").to_json(),
                                std::string("{}"), std::string()}) {
        fixture_.bus.entries.clear();
        ASSERT_TRUE(fixture_.run("extraction", payload));
        EXPECT_EQ(fixture_.bus.entries.size(), 4U) << payload;
        EXPECT_EQ(report().at("FetchId").as_string(), "");
    }
}

TEST_F(ExtractionRun, IsNeverStartedByItsOwnEvents) {
    ASSERT_TRUE(fixture_.run("extraction", kFetch));
    const auto put = fixture_.bus.entries;
    fixture_.bus.entries.clear();
    for (const auto& entry : put) {
        const auto event = make_event(entry.source, entry.detail_type, entry.detail);
        EXPECT_EQ(fixture_.answer_of("extraction", event.to_json()),
                  object_of(R"({"Ignored":true})"));
    }
    EXPECT_THAT(fixture_.bus.entries, IsEmpty());
}

TEST_F(ExtractionRun, IsNotStartedByMetricEventsOfAnyShape) {
    for (const auto* detail : {R"({"MetricName":null})", R"({"MetricName":{}})",
                               R"({"MetricName":[]})", R"({"MetricN\u0061me":"x"})"}) {
        const auto event = make_event("metric_extractor", "metric_extractor", detail);
        EXPECT_EQ(fixture_.answer_of("extraction", event.to_json()),
                  object_of(R"({"Ignored":true})"))
            << detail;
    }
}

TEST_F(ExtractionRun, AnswersAPingWithAPong) {
    constexpr std::string_view kPing = R"({"PingId":"p1","PingDate":"2026-11-23 11:59:59.000000"})";
    const auto ping = make_event("ds-dashboard", "ping", kPing);
    EXPECT_EQ(fixture_.answer_of("extraction", ping.to_json()), object_of(R"({"PingId":"p1"})"));
    ASSERT_EQ(fixture_.bus.entries.size(), 1U);
    EXPECT_EQ(fixture_.bus.entries[0].source, "ds-dashboard");
    EXPECT_EQ(fixture_.bus.entries[0].detail_type, "pong");
    EXPECT_EQ(fixture_.bus.entries[0].detail, kPing);
}

TEST_F(ExtractionRun, TakesAFetchIdThatIsNoneForAbsent) {
    for (const auto& detail :
         {std::string(R"({"FetchId":7})"), R"({"FetchId":")" + std::string(129, 'x') + R"("})"}) {
        const auto event = make_event("metric_fetch", "metric_fetch", detail);
        EXPECT_EQ(fixture_.answer_of("extraction", event.to_json()).at("FetchId").as_string(), "");
    }
}

TEST_F(ExtractionRun, CutsLongReasonsBetweenCharacters) {
    std::string reason;
    for (int i = 0; i < 1000; ++i) reason += "€";
    fixture_.aws.script("sagemaker:ListEndpoints", {fail(ErrorKind::internal, reason)});
    ASSERT_TRUE(fixture_.run("extraction", kFetch));
    EXPECT_EQ(only_reason(), reason.substr(0, 999));
}

TEST_F(ExtractionRun, NamesTheVariableThatIsMissing) {
    for (const auto* name : {"METRICS", "PROJECT_NAME", "ENVIRONMENT", "SSM_PARAMETER"}) {
        auto environment = fixture_.environment;
        fixture_.environment.erase(name);
        const auto answer = fixture_.run("extraction", kFetch);
        ASSERT_FALSE(answer) << name;
        EXPECT_EQ(answer.error().kind, ErrorKind::malformed_input);
        EXPECT_THAT(answer.error().message, HasSubstr(name));
        fixture_.environment = environment;
    }
    EXPECT_THAT(fixture_.bus.entries, IsEmpty());
}

TEST_F(ExtractionRun, RefusesAnUnknownMetric) {
    fixture_.environment["METRICS"] = "TotalCompletedTrainingJobs,__import__('os')";
    const auto answer = fixture_.run("extraction", kFetch);
    ASSERT_FALSE(answer);
    EXPECT_THAT(answer.error().message, HasSubstr("__import__('os')"));
}

TEST_F(ExtractionRun, RefusesPayloadsThatAreNoEvents) {
    for (const auto* payload : {"[]", "7", "{", R"({"detail-type":"x"})"}) {
        const auto answer = fixture_.run("extraction", payload);
        ASSERT_FALSE(answer) << payload;
        EXPECT_EQ(answer.error().kind, ErrorKind::malformed_input);
    }
}

}  // namespace
}  // namespace dsdash::functions
