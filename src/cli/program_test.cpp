#include "cli/program.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include "services/testing/fake_aws_api.hpp"

namespace dsdash::cli {
namespace {

/// Hands calls on to an account that outlives it.
class BorrowedApi final : public AwsApi {
  public:
    explicit BorrowedApi(AwsApi& api) : api_(api) {}
    Result<json::object> call(std::string_view service, std::string_view operation,
                              const json::object& input) override {
        return api_.call(service, operation, input);
    }
    [[nodiscard]] const AccountId& account() const override { return api_.account(); }
    [[nodiscard]] const Region& region() const override { return api_.region(); }

  private:
    AwsApi& api_;
};

/// The program with an account whose answers the test writes.
class Program : public testing::Test {
  protected:
    int run(std::vector<const char*> words) {
        Session session{
            .console = {.out = out_, .err = err_},
            .environment = [](const std::string&) { return std::nullopt; },
            .connect_to_account =
                [this](const ClientOptions& options, const Environment&) {
                    client_ = options;
                    return Result<std::unique_ptr<AwsApi>>(std::make_unique<BorrowedApi>(api_));
                }};
        return run_program(words, session);
    }
    /// Where no SQS is offered.
    void be_embedded() {
        api_.on("sqs:GetQueueUrl", [](const auto&) -> Result<json::object> {
            return fail(ErrorKind::malformed_input, "not here", "UnknownOperationException");
        });
    }
    std::string out() const { return out_.str(); }
    std::string err() const { return err_.str(); }

    FakeAwsApi api_;
    ClientOptions client_;

  private:
    std::ostringstream out_;
    std::ostringstream err_;
};

json::object latest_item(std::string_view environment, std::string_view value) {
    return {{"MetricName", json::object{{"S", "Jobs"}}},
            {"MetricValue", json::object{{"N", value}}},
            {"ExtractionDate", json::object{{"S", "2026-11-23 12:00:00.000000"}}},
            {"ProjectName", json::object{{"S", "churn"}}},
            {"Environment", json::object{{"S", environment}}},
            {"AccountId", json::object{{"S", "222222222222"}}}};
}

/// What Lambda's Invoke answers for a function that answers `payload`.
json::object answer_of_function(std::string_view payload) {
    return {{"Payload", payload}};
}

constexpr std::string_view kFetchAnswer =
    R"({"FetchId":"f-1","FetchDate":"2026-11-23 11:00:00.000000","Spokes":[
        {"AccountId":"222222222222","ProjectName":"churn","Environment":"dev"}]})";

TEST_F(Program, UnknownVerbIsAUsageError) {
    EXPECT_EQ(run({"fly"}), 2);
    EXPECT_NE(err().find("fly"), std::string::npos);
    EXPECT_EQ(run({"job", "fly"}), 2);
}

TEST_F(Program, NoVerbIsAnsweredWithTheHelp) {
    EXPECT_EQ(run({}), 2);
    EXPECT_NE(err().find("put-parameter"), std::string::npos);
    EXPECT_EQ(run({"job"}), 2);
    EXPECT_NE(err().find("Training jobs that run on this machine"), std::string::npos);
}

TEST_F(Program, HelpShowsExamples) {
    EXPECT_EQ(run({"deploy", "--help"}), 0);
    EXPECT_NE(out().find("Examples:\n  dsdash deploy hub"), std::string::npos);
}

TEST_F(Program, AccountAndProfileExcludeEachOther) {
    EXPECT_EQ(run({"latest", "--account", "hub", "--profile", "hub"}), 2);
}

TEST_F(Program, ClientOptionsReachTheConnection) {
    api_.on("ssm:DeleteParameter", [](const auto&) { return json::object{}; });
    EXPECT_EQ(run({"delete-parameter", "/a", "--account", "hub", "--data", "d", "--endpoint-url",
                   "http://127.0.0.1:1"}),
              0);
    EXPECT_EQ(client_.account, "hub");
    EXPECT_EQ(client_.data, "d");
    EXPECT_EQ(client_.endpoint_url, "http://127.0.0.1:1");
    EXPECT_EQ(api_.calls()[0].input, object_of(R"({"Name":"/a"})"));
}

TEST_F(Program, ErrorIsToldWithCodeAndHint) {
    api_.on("ssm:PutParameter", [](const auto&) -> Result<json::object> {
        return fail(ErrorKind::conflict, "it is there", "ParameterAlreadyExists");
    });
    EXPECT_EQ(run({"put-parameter", "/a", "1"}), 1);
    EXPECT_EQ(err(),
              "dsdash: it is there (ParameterAlreadyExists)\n"
              "  hint: give --overwrite to replace it\n");
}

TEST_F(Program, UnreachableEndpointIsToldWithAHint) {
    api_.on("ssm:DeleteParameter", [](const auto&) -> Result<json::object> {
        auto error = fail(ErrorKind::unreachable, "nobody listens");
        error.error().where = "ssm:DeleteParameter";
        return error;
    });
    EXPECT_EQ(run({"delete-parameter", "/a"}), 1);
    EXPECT_NE(err().find("hint: is dsdash serve running there?"), std::string::npos);
}

TEST_F(Program, ErrorOfAFileIsNoMatterOfTheEndpoint) {
    EXPECT_EQ(run({"account", "list", "--data", "/proc/self/mem"}), 1);
    EXPECT_EQ(err().find("is dsdash serve running"), std::string::npos) << err();
}

TEST_F(Program, WhatIsWrongWithTheCommandLineIsAUsageError) {
    EXPECT_EQ(run({"account", "create", "hub", "--id", "1"}), 2);
    EXPECT_EQ(run({"account", "create", "hub", "--id", "111111111111"}), 2);  // in no folder
    EXPECT_EQ(run({"serve", "--data", "d", "--listen", "8080"}), 2);
    EXPECT_EQ(run({"serve", "--data", "d", "--tls-certificate", "c.pem"}), 2);  // without its key
    EXPECT_EQ(run({"dashboard", "--tls-key", "k.pem"}), 2);
    EXPECT_EQ(run({"job", "run", "--name", "t-1", "true"}), 2);  // without --
    api_.on("ssm:DeleteParameter", [](const auto&) -> Result<json::object> {
        return fail(ErrorKind::malformed_input, "bad name", "ValidationException");
    });
    EXPECT_EQ(run({"delete-parameter", "/a"}), 1);
}

TEST_F(Program, DashboardsCheckWhereTheyListenBeforeAnythingElse) {
    for (const auto& verb : {std::vector<const char*>{"serve", "--data", "/proc/none"},
                             {"dashboard", "--cache", "/proc/none"}}) {
        auto words = verb;
        words.insert(words.end(), {"--listen", "0.0.0.0:0"});
        EXPECT_EQ(run(words), 1);
        EXPECT_THAT(err(), testing::EndsWith(
                               "dsdash: 0.0.0.0 is not a loopback address, and this server has no "
                               "TLS\n  hint: give it a certificate: --tls-certificate FILE "
                               "--tls-key FILE\n"));
    }
    EXPECT_TRUE(client_.profile.empty() && api_.calls().empty());
}

TEST_F(Program, HostileErrorCannotDriveTheTerminal) {
    api_.on("ssm:DeleteParameter", [](const auto&) -> Result<json::object> {
        return fail(ErrorKind::internal, "a\x1b[2Jb\n");
    });
    EXPECT_EQ(run({"delete-parameter", "/a"}), 1);
    EXPECT_EQ(err(), "dsdash: a\\x1b[2Jb\\n\n");
}

TEST_F(Program, DeploySplitsContextAtTheFirstEqualsSign) {
    api_.on("dsdash:DeployStack", [](const auto&) {
        return object_of(R"({"StackName":"ds-dashboard-spoke-stack","Functions":["f"]})");
    });
    EXPECT_EQ(
        run({"deploy", "spoke", "-c", "metrics=A,B=c", "-c", "environment=dev", "--output", "csv"}),
        0);
    EXPECT_EQ(api_.calls()[0].input,
              object_of(R"({"Stack":"spoke","Context":{"metrics":"A,B=c","environment":"dev"}})"));
    EXPECT_EQ(out(), "Type,Name\nStack,ds-dashboard-spoke-stack\nFunction,f\n");
}

TEST_F(Program, ContextWithoutEqualsSignIsAUsageError) {
    EXPECT_EQ(run({"deploy", "spoke", "-c", "dev"}), 2);
    EXPECT_EQ(run({"deploy", "spoke", "-c", "=dev"}), 2);
    EXPECT_EQ(run({"deploy", "moon"}), 2);
    EXPECT_TRUE(api_.calls().empty());
}

TEST_F(Program, LatestReadsEveryPageAndFilters) {
    json::object first{{"Items", json::array()}, {"LastEvaluatedKey", json::object{{"k", 1}}}};
    first["Items"].as_array().push_back(latest_item("prod", "3"));
    json::object second{{"Items", json::array()}};
    second["Items"].as_array().push_back(latest_item("dev", "0.10"));
    api_.script("dynamodb:Query", {first, second, object_of(R"({"Items":[]})")});
    api_.script("events:DescribeRule",
                {object_of(R"json({"ScheduleExpression":"rate(1 minute)"})json")});
    EXPECT_EQ(run({"latest", "--environment", "dev", "--output", "csv"}), 0);
    EXPECT_EQ(
        out(),
        "ProjectName,Environment,AccountId,MetricName,MetricValue,ExtractionDate,State,Reason\n"
        "churn,dev,222222222222,Jobs,0.1,2026-11-23 12:00:00.000000,silent,\n");
    ASSERT_EQ(api_.calls().size(), 4U);
    EXPECT_EQ(api_.calls()[1].input.at("ExclusiveStartKey"), json::object({{"k", 1}}));
}

/// A hub with a record of long ago in dev, and a report that a metric failed in prod.
json::object hub_query(const json::object& input) {
    const auto key = input.at("ExpressionAttributeValues").at(":key").at("S");
    json::object page{{"Items", json::array()}};
    if (key == "latest") page["Items"].as_array().push_back(latest_item("dev", "3"));
    if (key == "report") {
        page["Items"].as_array().push_back(object_of(R"({
            "AccountId": {"S": "333333333333"}, "ProjectName": {"S": "churn"},
            "Environment": {"S": "prod"}, "ReportDate": {"S": "2026-11-23 12:00:00.000000"},
            "Metrics": {"L": [{"S": "Jobs"}]},
            "Failures": {"L": [{"M": {"MetricName": {"S": "Jobs"}, "Reason": {"S": "denied"}}}]}})"));
    }
    return page;
}

TEST_F(Program, LatestTellsHowSeriesStandThatHaveNoValueToo) {
    api_.on("dynamodb:Query", hub_query);
    api_.on("events:DescribeRule", [](const auto&) {
        return fail(ErrorKind::denied, "no identity-based policy allows it");
    });
    EXPECT_EQ(run({"latest", "--state", "failed", "--output", "csv"}), 0);
    EXPECT_NE(out().find("\nchurn,prod,333333333333,Jobs,,,failed,denied\n"), std::string::npos)
        << out();
    EXPECT_EQ(out().find("churn,dev"), std::string::npos) << out();
    EXPECT_EQ(run({"latest", "--output", "csv"}), 0);
    EXPECT_NE(out().find("churn,dev"), std::string::npos) << out();
    EXPECT_EQ(run({"latest", "--state", "broken"}), 2);
}

TEST_F(Program, MalformedRecordIsAnErrorAndNoCrash) {
    for (const auto* text : {R"({"Items":[{}]})", R"({"Items":[{"MetricValue":{"N":"NaN"}}]})",
                             R"({"Items":[{"MetricValue":7,"ExtractionDate":[]}]})"}) {
        api_.on("dynamodb:Query", [text](const auto&) { return object_of(text); });
        EXPECT_EQ(run({"latest"}), 1) << text;
    }
}

TEST_F(Program, HistoryAsksForItsRangeNewestFirst) {
    api_.on("dynamodb:Query", [](const auto&) { return json::object{}; });
    EXPECT_EQ(run({"history", "--metric", "Jobs", "--project", "churn", "--from",
                   "2026-11-01T00:00:00Z", "--to", "2026-11-02 00:00:00", "--output", "json"}),
              0);
    EXPECT_EQ(out(), "[]\n");
    EXPECT_EQ(api_.calls()[0].input, object_of(R"({
        "TableName": "ds-dashboard-hub-table",
        "KeyConditionExpression": "MetricName = :metric AND ExtractionDate BETWEEN :from AND :to",
        "ScanIndexForward": false,
        "FilterExpression": "ProjectName = :ProjectName",
        "ExpressionAttributeValues": {
            ":metric": {"S": "Jobs"},
            ":from": {"S": "2026-11-01 00:00:00.000000"},
            ":to": {"S": "2026-11-02 00:00:00.000000"},
            ":ProjectName": {"S": "churn"}}})"));
}

TEST_F(Program, HistoryStopsAtItsLimit) {
    json::object page{{"Items", json::array()}, {"LastEvaluatedKey", json::object{{"k", 1}}}};
    page["Items"].as_array().push_back(latest_item("prod", "3"));
    api_.on("dynamodb:Query", [&](const auto&) { return page; });
    EXPECT_EQ(run({"history", "--metric", "Jobs", "--limit", "1", "--output", "csv"}), 0);
    EXPECT_EQ(api_.calls().size(), 1U);
}

TEST_F(Program, BadTimeIsRefused) {
    EXPECT_EQ(run({"history", "--metric", "Jobs", "--from", "yesterday"}), 2);
    EXPECT_NE(err().find("--from must be like"), std::string::npos);
}

TEST_F(Program, InvokePrintsTheAnswerAndFailsAsTheFunctionDoes) {
    api_.script("lambda:Invoke", {object_of(R"({"Payload":"{\"Action\":\"EBPut\"}"})"),
                                  object_of(R"({"Payload":"{\"errorMessage\":\"no such action\"}",
                               "FunctionError":"Unhandled"})")});
    EXPECT_EQ(run({"invoke", "f", "--payload", R"({"action":"EBPut"})"}), 0);
    EXPECT_EQ(out(), "{\"Action\":\"EBPut\"}\n");
    EXPECT_EQ(run({"invoke", "f"}), 1);
    EXPECT_EQ(err(), "dsdash: f failed: no such action\n");
}

TEST_F(Program, JobRunHandsOnTheExitCodeAndRecordsTheReason) {
    for (const auto* operation : {"dsdash:StartJob", "dsdash:FinishJob"}) {
        api_.on(operation, [](const auto&) { return json::object{}; });
    }
    EXPECT_EQ(run({"job", "run", "--name", "t-1", "--account", "dev", "--", "/bin/sh", "-c",
                   "echo bad data >&2; exit 5", "--output"}),
              5);
    EXPECT_EQ(api_.calls()[1].input, object_of(R"({"JobName":"t-1","Status":"Failed",
        "FailureReason":"exit code 5: bad data"})"));
}

TEST_F(Program, JobRunsItsCommandWordForWord) {
    for (const auto* operation : {"dsdash:StartJob", "dsdash:FinishJob"}) {
        api_.on(operation, [](const auto&) { return json::object{}; });
    }
    EXPECT_EQ(
        run({"job", "run", "--name", "t-1", "--", "/bin/sh", "-c",
             "test \"$1\" = '[1,2]' -a \"$2\" = -- -a \"$3\" = {}", "sh", "[1,2]", "--", "{}"}),
        0);
    EXPECT_EQ(api_.calls()[0].input.at("Command").at(4).as_string(), "[1,2]");
}

TEST_F(Program, JobThatCannotBeStartedIsRecordedAsFailed) {
    for (const auto* operation : {"dsdash:StartJob", "dsdash:FinishJob"}) {
        api_.on(operation, [](const auto&) { return json::object{}; });
    }
    EXPECT_EQ(run({"job", "run", "--name", "t-1", "--", "/no/such/program"}), 127);
    EXPECT_EQ(api_.calls()[1].input.at("Status").as_string(), "Failed");
}

TEST_F(Program, JobThatIsAskedToStopIsStopped) {
    for (const auto* operation : {"dsdash:StartJob", "dsdash:FinishJob"}) {
        api_.on(operation, [](const auto&) { return json::object{}; });
    }
    EXPECT_EQ(run({"job", "run", "--name", "t-1", "--", "/bin/sh", "-c",
                   "trap 'exit 0' INT; kill -INT $PPID; while :; do sleep 0.01; done"}),
              0);
    EXPECT_EQ(api_.calls()[1].input, object_of(R"({"JobName":"t-1","Status":"Stopped",
        "FailureReason":"stopped by SIGINT"})"));
}

TEST_F(Program, RefusedJobIsNotRun) {
    api_.on("dsdash:StartJob", [](const auto&) -> Result<json::object> {
        return fail(ErrorKind::conflict, "there is a job t-1", "ResourceInUse");
    });
    EXPECT_EQ(run({"job", "run", "--name", "t-1", "--", "/bin/sh", "-c", "exit 9"}), 1);
}

TEST_F(Program, RefreshWaitsUntilEverySpokeHasAnswered) {
    api_.on("lambda:Invoke", [](const auto&) { return answer_of_function(kFetchAnswer); });
    api_.on("dynamodb:Query", [](const json::object& input) {
        const auto& key = input.at("ExpressionAttributeValues").at(":key").at("S").as_string();
        json::object page{{"Items", json::array()}};
        if (key == "latest") {
            page["Items"].as_array().push_back(latest_item("dev", "3"));
        } else {
            page["Items"].as_array().push_back(object_of(R"({"AccountId":{"S":"222222222222"},
                "FetchId":{"S":"f-1"},"ReportDate":{"S":"2026-11-23 12:00:00.000000"},
                "Metrics":{"L":[{"S":"Jobs"},{"S":"Other"}]},"Failures":{"L":[{"M":{
                "MetricName":{"S":"Other"},"Reason":{"S":"denied"}}}]},
                "DurationMs":{"N":"5"}})"));
        }
        return page;
    });
    EXPECT_EQ(run({"refresh", "--wait", "--output", "csv"}), 0);
    EXPECT_EQ(out(),
              "AccountId,ProjectName,Environment,Answered,Metrics,Failures\n"
              "222222222222,churn,dev,yes,1,Other: denied\n");
    EXPECT_EQ(err(), "1/1  churn dev (222222222222): 1 metric; Other failed: denied\n");
}

TEST_F(Program, RefreshNamesWhoDidNotAnswer) {
    api_.on("lambda:Invoke", [](const auto&) { return answer_of_function(kFetchAnswer); });
    api_.on("dynamodb:Query", [](const auto&) { return json::object{}; });
    EXPECT_EQ(run({"refresh", "--wait", "--timeout", "1"}), 1);
    EXPECT_EQ(err(),
              "no answer from churn dev (222222222222)\n"
              "  hint: dsdash dead-letters list --account <hub or spoke> shows what did not get "
              "through\n");
}

TEST_F(Program, DisconnectFailsWhenOneAccountFailed) {
    api_.on("lambda:Invoke", [](const json::object& input) {
        EXPECT_EQ(input.at("Payload").as_string(),
                  R"({"action":"Disconnect","account":"222222222222"})");
        return answer_of_function(R"({"Action":"Disconnect","Accounts":[{"AccountId":
            "222222222222","Role":"spoke","Result":"failed","Message":"no"}]})");
    });
    EXPECT_EQ(run({"disconnect", "--from", "222222222222", "--output", "csv"}), 1);
    EXPECT_EQ(out(), "AccountId,Role,Result,Message\n222222222222,spoke,failed,no\n");
}

TEST_F(Program, DisconnectFailsWhenSomethingIsPostponed) {
    api_.on("lambda:Invoke", [](const auto&) {
        return answer_of_function(R"({"Action":"Disconnect","Accounts":[{"AccountId":
            "222222222222","Role":"spoke","Result":"postponed","Message":"again"}]})");
    });
    EXPECT_EQ(run({"disconnect"}), 1);
}

TEST_F(Program, DoctorFailsWhenSomethingIsWrongAndNamesTheCommand) {
    api_.on("ssm:GetParametersByPath", [](const auto&) { return json::object{}; });
    api_.on("lambda:GetFunction", [](const auto&) -> Result<json::object> {
        return fail(ErrorKind::not_found, "no such function", "ResourceNotFoundException");
    });
    EXPECT_EQ(run({"doctor", "--account", "my hub", "--data", "d", "--output", "csv"}), 1);
    EXPECT_EQ(out(),
              "AccountId,Role,Check,State,Message,Command\n"
              "222222222222,self,stack,wrong,neither a hub's nor a spoke's is here,"
              "dsdash deploy hub --account 'my hub' --data d\n");
}

TEST_F(Program, DoctorSaysWhyItCannotExamine) {
    api_.on("ssm:GetParametersByPath", [](const auto&) -> Result<json::object> {
        return fail(ErrorKind::denied, "not authorized: ssm:GetParametersByPath", "AccessDenied");
    });
    EXPECT_EQ(run({"doctor"}), 1);
    EXPECT_NE(err().find("ssm:GetParametersByPath"), std::string::npos);
}

TEST_F(Program, ReplayNeedsIdsOrAllAndNotBoth) {
    be_embedded();
    EXPECT_EQ(run({"dead-letters", "replay"}), 2);
    EXPECT_EQ(run({"dead-letters", "replay", "d-1", "--all"}), 2);
    api_.on("dsdash:ReplayDeadLetters", [](const auto&) { return object_of(R"({"Replayed":1})"); });
    EXPECT_EQ(run({"dead-letters", "replay", "d-1", "--output", "json"}), 0);
    EXPECT_EQ(out(), "[\n  {\"Replayed\": 1}\n]\n");
    EXPECT_THAT(api_.inputs_of("dsdash:ReplayDeadLetters"),
                testing::ElementsAre(object_of(R"({"DeadLetterIds":["d-1"]})")));
}

TEST_F(Program, DeadLettersAreThoseOfTheHomeThatAnswers) {
    be_embedded();
    api_.on("dsdash:ListDeadLetters", [](const auto&) { return json::object{}; });
    EXPECT_EQ(run({"dead-letters", "list", "--profile", "p"}), 0) << err();
    // On AWS there is no such service.
    for (const auto kind : {ErrorKind::not_found, ErrorKind::denied}) {
        api_.on("sqs:GetQueueUrl",
                [&](const auto&) -> Result<json::object> { return fail(kind, "none of yours"); });
        api_.on("dynamodb:Query", [](const auto&) { return json::object{}; });
        api_.forget_calls();
        EXPECT_EQ(run({"dead-letters", "list", "--profile", "p"}),
                  kind == ErrorKind::denied ? 1 : 0);
        EXPECT_THAT(api_.inputs_of("dsdash:ListDeadLetters"), testing::IsEmpty());
    }
    EXPECT_NE(err().find("none of yours"), std::string::npos);
}

TEST_F(Program, MetricsAreShownWithWhatTheyMayDo) {
    EXPECT_EQ(run({"metrics", "show", "NumberEndPointsInService", "--output", "csv"}), 0);
    EXPECT_NE(out().find("sagemaker:ListEndpoints on *"), std::string::npos);
    EXPECT_EQ(run({"metrics", "show", "SSMParamStoreValue"}), 0);
    EXPECT_NE(out().find("arn:aws:ssm:**REGION**:**ACCOUNT_ID**:parameter"), std::string::npos)
        << out();
    EXPECT_EQ(run({"metrics", "show", "Nonsense"}), 1);
}

}  // namespace
}  // namespace dsdash::cli
