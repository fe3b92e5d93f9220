#include "doctor/doctor.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "doctor/testing/fake_dead_letters.hpp"
#include "doctor/testing/fake_hub_records.hpp"
#include "domain/contract.hpp"
#include "functions/event_patterns.hpp"
#include "functions/testing/function_fixture.hpp"

namespace dsdash::doctor {
namespace {

using functions::FunctionFixture;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kSpoke = "222222222222";
constexpr std::string_view kHub = "444444444444";

/// An account whose functions, rules and parameters are as they should be; tests break one thing.
class Doctor : public ::testing::Test {
  protected:
    Doctor() {
        fixture_.aws.on("lambda:GetFunction", [this](const json::object& input) {
            return describe(std::string(input.at("FunctionName").as_string()));
        });
        functions_["ds-dashboard-connection"] = {};
    }

    void become_hub() {
        functions_["ds-dashboard-dynamo-write"] = {};
        functions_["ds-dashboard-fetch-new-data"] = {};
        put_rule(contract::kArchiveRule, functions::kArchivePattern, contract::kArchiveFunction);
        fixture_.parameters.parameters["/monitored_projects/churn/dev"] = kSpoke;
        connect();
        hear_of(kSpoke);
        records_.stored_pongs.push_back(
            {std::string(kSpoke), "p", fixture_.clock.time, fixture_.clock.time});
    }
    void become_spoke() {
        functions_["ds-dashboard-metric-extraction"] = object_of(
            R"({"METRICS":"NumberEndPointsInService","PROJECT_NAME":"churn","ENVIRONMENT":"dev"})");
        put_rule(contract::kExtractionRule, functions::kExtractionPattern,
                 contract::kExtractionFunction);
        fixture_.parameters.parameters["/monitors/TestHub"] = kHub;
        connect();
    }
    void connect() {
        for (const auto* action : {R"({"action":"EBPut"})", R"({"action":"EBRule"})"}) {
            ASSERT_TRUE(fixture_.run("connection", action));
        }
    }
    /// A value and a report of `account` arrive.
    void hear_of(std::string_view account) {
        MetricRecord record;
        record.series = {"Jobs", "churn", "dev", std::string(account)};
        record.extraction_date = fixture_.clock.time;
        records_.stored_latest.push_back({record, {}});
        records_.stored_reports.push_back({.account_id = std::string(account),
                                           .project_name = "churn",
                                           .environment = "dev",
                                           .fetch_id = {},
                                           .time = fixture_.clock.time,
                                           .metrics = {"Jobs"},
                                           .failures = {},
                                           .duration_ms = 3});
    }
    void put_rule(std::string_view name, std::string_view pattern, std::string_view function) {
        const auto arn = fmt::format("arn:aws:lambda:eu-west-1:111111111111:function:{}", function);
        fixture_.event_bridge.rules[std::string(name)] = {
            std::string(pattern), "ENABLED", {{"function", {{"Id", "function"}, {"Arn", arn}}}}};
    }
    void add_dead_letter(std::string_view account, std::string_view code) {
        dead_letters_.letters.push_back(
            {.id = "d-1",
             .target_arn = fmt::format("arn:aws:events:eu-west-1:{}:event-bus/default", account),
             .error_code = std::string(code),
             .error_message = "no leave"});
    }
    FakeEventBridge::Rule& rule(const std::string& name) {
        return fixture_.event_bridge.rules.at(name);
    }

    Result<Findings> examine() {
        fixture_.clock.time += std::chrono::minutes(1);
        for (auto& pong : records_.stored_pongs) pong.ping_date = fixture_.clock.time;
        const Commands commands(Commands::Home::embedded, Commands::NamedBy::account, "me", "");
        return doctor::examine({fixture_.aws, fixture_.parameters, fixture_.bus, records_,
                                dead_letters_, fixture_.clock, fixture_.uuids},
                               commands, {});
    }
    /// "222222222222 spoke rule: dsdash …" for all that is wrong.
    std::vector<std::string> wrong() {
        std::vector<std::string> lines;
        const auto findings = examine().value();
        for (const auto& finding : findings) {
            if (finding.state != Finding::State::wrong) continue;
            lines.push_back(fmt::format("{} {} {}: {}", finding.account.text(), finding.role,
                                        finding.check, finding.command));
        }
        return lines;
    }
    std::optional<Finding> finding_of(std::string_view check, std::string_view account) {
        const auto findings = examine().value();
        for (const auto& finding : findings) {
            if (finding.check == check && finding.account.text() == account) return finding;
        }
        ADD_FAILURE() << "nothing was said about the " << check << " of " << account;
        return std::nullopt;
    }
    Finding::State state_of(std::string_view check, std::string_view account) {
        const auto finding = finding_of(check, account);
        return finding ? finding->state : Finding::State::unknown;
    }

    FunctionFixture fixture_;
    FakeHubRecords records_;
    std::map<std::string, json::object> functions_;  ///< their environments
    FakeDeadLetters dead_letters_;

  private:
    Result<json::object> describe(const std::string& name) {
        const auto found = functions_.find(name);
        if (found == functions_.end()) {
            return fail(ErrorKind::not_found, "no such function", "ResourceNotFoundException");
        }
        return json::object{{"Configuration",
                             {{"FunctionName", name},
                              {"State", "Active"},
                              {"Environment", {{"Variables", found->second}}}}}};
    }
};

const std::string kConnectPut =
    R"(dsdash invoke ds-dashboard-connection --payload '{"action":"EBPut"}' --account )";
const std::string kConnectRule =
    R"(dsdash invoke ds-dashboard-connection --payload '{"action":"EBRule"}' --account )";

TEST_F(Doctor, FindsNothingWrongInAHubThatIsWell) {
    become_hub();
    EXPECT_THAT(wrong(), IsEmpty());
    for (const auto* check :
         {"parameter", "permission", "rule", "target", "role", "permission there", "dead letters",
          "ping", "last metric", "report"}) {
        EXPECT_EQ(state_of(check, kSpoke), Finding::State::well) << check;
    }
}

TEST_F(Doctor, FindsNothingWrongInASpokeThatIsWell) {
    become_spoke();
    EXPECT_THAT(wrong(), IsEmpty());
    for (const auto* check :
         {"parameter", "permission", "rule", "target", "role", "dead letters"}) {
        EXPECT_EQ(state_of(check, kHub), Finding::State::well) << check;
    }
    EXPECT_EQ(state_of("permission there", kHub), Finding::State::unknown);
    for (const auto* check : {"function", "metrics", "rule"}) {
        EXPECT_EQ(state_of(check, "111111111111"), Finding::State::well) << check;
    }
}

TEST_F(Doctor, ExaminesAnAccountThatIsBoth) {
    become_hub();
    become_spoke();
    EXPECT_THAT(wrong(), IsEmpty());
    EXPECT_EQ(state_of("rule", kSpoke), Finding::State::well);
    EXPECT_EQ(state_of("rule", kHub), Finding::State::well);
}

TEST_F(Doctor, NamesAPermissionThatIsMissing) {
    become_hub();
    fixture_.event_bridge.policy = "";
    EXPECT_THAT(wrong(), Contains("222222222222 spoke permission: " + kConnectPut + "me"));
}

TEST_F(Doctor, TakesAPermissionThatSomebodyElseHasGiven) {
    become_hub();
    fixture_.event_bridge.policy =
        R"({"Version":"2012-10-17","Statement":[{"Sid":"222222222222","Effect":"Allow",)"
        R"("Principal":{"AWS":"arn:aws:iam::222222222222:root"},"Action":"events:PutEvents",)"
        R"("Resource":"arn:aws:events:eu-west-1:111111111111:event-bus/default"}]})";
    EXPECT_EQ(state_of("permission", kSpoke), Finding::State::well);
}

TEST_F(Doctor, SeesThatSomebodyElsesStatementDenies) {
    become_hub();
    auto policy = object_of(fixture_.event_bridge.policy);
    policy["Statement"].as_array().push_back(
        object_of(R"({"Sid":"theirs","Effect":"Deny","Principal":"*","Action":"events:PutEvents",)"
                  R"("Resource":"arn:aws:events:eu-west-1:111111111111:event-bus/default"})"));
    fixture_.event_bridge.policy = json::serialize(policy);
    EXPECT_EQ(state_of("permission", kSpoke), Finding::State::wrong);
}

TEST_F(Doctor, NamesARuleThatIsMissingOrChanged) {
    become_hub();
    const auto whole = fixture_.event_bridge.rules;
    const auto expected = "222222222222 spoke rule: " + kConnectRule + "me";
    fixture_.event_bridge.rules.erase("forward-ds-dashboard-fetch-1");
    EXPECT_THAT(wrong(), Contains(expected));
    fixture_.event_bridge.rules = whole;
    rule("forward-ds-dashboard-fetch-1").state = "DISABLED";
    EXPECT_THAT(wrong(), Contains(expected));
    fixture_.event_bridge.rules = whole;
    rule("forward-ds-dashboard-fetch-1").event_pattern = R"({"source":["x"]})";
    EXPECT_THAT(wrong(), Contains(expected));
}

TEST_F(Doctor, NamesATargetThatLeadsElsewhere) {
    become_hub();
    rule("forward-ds-dashboard-fetch-1").targets.at(std::string(kSpoke))["Arn"] =
        "arn:aws:events:eu-west-1:222222222222:event-bus/other";
    EXPECT_THAT(wrong(), Contains("222222222222 spoke target: " + kConnectRule + "me"));
}

TEST_F(Doctor, NamesARoleThatIsMissing) {
    become_hub();
    rule("forward-ds-dashboard-fetch-1").targets.at(std::string(kSpoke)).erase("RoleArn");
    EXPECT_THAT(wrong(), Contains("222222222222 spoke role: " + kConnectRule + "me"));
}

TEST_F(Doctor, NamesAConnectedAccountWhoseParameterIsGone) {
    become_hub();
    fixture_.parameters.parameters.erase("/monitored_projects/churn/dev");
    EXPECT_THAT(wrong(),
                Contains("222222222222 spoke parameter: dsdash disconnect --from 222222222222 "
                         "--account me"));
}

TEST_F(Doctor, NamesAnAccountThatIsOnlyHeardOf) {
    become_hub();
    records_.stored_quarantined.push_back(
        {functions::make_event("metric_extractor", "metric_extractor",
                               R"({"ProjectName":"fraud","Environment":"int"})", "999999999999"),
         "not registered", fixture_.clock.time});
    EXPECT_THAT(wrong(),
                testing::ElementsAre("999999999999 spoke parameter: dsdash put-parameter "
                                     "/monitored_projects/fraud/int 999999999999 --overwrite "
                                     "--account me"));
    records_.stored_quarantined[0].time -= std::chrono::hours(25);
    EXPECT_THAT(wrong(), IsEmpty());
}

TEST_F(Doctor, NamesASpokeThatDoesNotAnswer) {
    become_hub();
    records_.stored_pongs.clear();
    EXPECT_THAT(wrong(), testing::ElementsAre(
                             "222222222222 spoke ping: dsdash doctor --account 222222222222"));
}

TEST_F(Doctor, ExpectsNoAnswerOfASpokeThatHasNeverReported) {
    become_hub();
    records_.stored_pongs.clear();
    records_.stored_reports.clear();
    EXPECT_EQ(state_of("ping", kSpoke), Finding::State::unknown);
}

TEST_F(Doctor, NamesDeadLettersAndASpokeThatRefusesEvents) {
    become_hub();
    records_.stored_pongs.clear();
    add_dead_letter(kSpoke, "NO_PERMISSIONS");
    const auto lines = wrong();
    EXPECT_THAT(lines,
                Contains("222222222222 spoke permission there: " + kConnectPut + "222222222222"));
    EXPECT_THAT(lines, Contains("222222222222 spoke dead letters: dsdash dead-letters replay d-1 "
                                "--account me"));
}

TEST_F(Doctor, GoesOnWhereDeadLettersMayNotBeLookedAt) {
    become_hub();
    dead_letters_.failure = Error{ErrorKind::denied, "not you", "AccessDenied", {}, {}};
    const auto finding = finding_of("dead letters", kSpoke);
    ASSERT_TRUE(finding);
    EXPECT_EQ(finding->state, Finding::State::unknown);
    EXPECT_EQ(finding->message, "they may not be looked at: not you");
    dead_letters_.failure->kind = ErrorKind::unreachable;
    EXPECT_FALSE(examine());
}

TEST_F(Doctor, NamesATargetWithoutADeadLetterQueue) {
    become_hub();
    rule("forward-ds-dashboard-fetch-1").targets.at(std::string(kSpoke)).erase("DeadLetterConfig");
    EXPECT_THAT(wrong(), testing::ElementsAre("222222222222 spoke target: " + kConnectRule + "me"));
}

TEST_F(Doctor, BelievesAnAnswerMoreThanOldDeadLetters) {
    become_hub();
    add_dead_letter(kSpoke, "NO_PERMISSIONS");
    EXPECT_EQ(state_of("permission there", kSpoke), Finding::State::well);
    EXPECT_EQ(state_of("dead letters", kSpoke), Finding::State::wrong);
}

TEST_F(Doctor, NamesMetricsThatAreOldOrNeverCame) {
    become_hub();
    records_.stored_latest[0].extraction_date -= std::chrono::hours(25);
    const std::string expected =
        "222222222222 spoke last metric: dsdash refresh --wait --account me";
    EXPECT_THAT(wrong(), testing::ElementsAre(expected));
    records_.stored_latest.clear();
    EXPECT_THAT(wrong(), testing::ElementsAre(expected));
}

TEST_F(Doctor, NamesMetricsThatFailed) {
    become_hub();
    records_.stored_reports[0].failures = {{"Jobs", "denied"}};
    EXPECT_THAT(wrong(), testing::ElementsAre("222222222222 spoke report: dsdash invoke "
                                              "ds-dashboard-metric-extraction --account "
                                              "222222222222"));
}

TEST_F(Doctor, NamesParametersThatNameNoAccount) {
    become_hub();
    fixture_.parameters.parameters["/monitored_projects/churn/prod"] = "SPOKE";
    EXPECT_THAT(wrong(),
                testing::ElementsAre("111111111111 self parameter: dsdash put-parameter "
                                     "/monitored_projects/churn/prod '<account id>' --overwrite "
                                     "--account me"));
}

TEST_F(Doctor, NamesWhatIsMissingOfAHubsStack) {
    become_hub();
    const auto whole = fixture_.event_bridge.rules;
    functions_.erase("ds-dashboard-dynamo-write");
    EXPECT_THAT(wrong(), Contains("111111111111 self function: dsdash deploy hub --account me"));
    functions_["ds-dashboard-dynamo-write"] = {};
    rule("ds-dashboard-archive").targets.clear();
    EXPECT_THAT(wrong(), Contains("111111111111 self rule: dsdash deploy hub --account me"));
    fixture_.event_bridge.rules = whole;
    records_.failure = Error{ErrorKind::not_found, "no table", {}, {}, {}};
    EXPECT_THAT(wrong(), Contains("111111111111 self table: dsdash deploy hub --account me"));
}

TEST_F(Doctor, NamesWhatIsMissingOfASpokesStack) {
    become_spoke();
    rule("ds-dashboard-extraction").state = "DISABLED";
    EXPECT_THAT(wrong(),
                testing::ElementsAre("111111111111 self rule: dsdash deploy spoke -c "
                                     "environment=dev -c metrics=NumberEndPointsInService -c "
                                     "project_name=churn --account me"));
    functions_["ds-dashboard-metric-extraction"].erase("ENVIRONMENT");
    EXPECT_THAT(wrong(), Contains(HasSubstr("self metrics: dsdash deploy spoke -c "
                                            "'environment=<environment>' -c "
                                            "metrics=NumberEndPointsInService")));
    functions_.erase("ds-dashboard-metric-extraction");
    EXPECT_THAT(wrong(), Contains(HasSubstr("self function: dsdash deploy spoke")));
}

TEST_F(Doctor, NamesTheHubsSideOfASpokesConnection) {
    become_spoke();
    fixture_.event_bridge.policy = "";
    fixture_.event_bridge.rules.erase("forward-ds-dashboard-metrics-1");
    add_dead_letter(kHub, "NO_PERMISSIONS");
    const auto lines = wrong();
    EXPECT_THAT(lines, Contains("444444444444 hub permission: " + kConnectPut + "me"));
    EXPECT_THAT(lines, Contains("444444444444 hub rule: " + kConnectRule + "me"));
    EXPECT_THAT(lines,
                Contains("444444444444 hub permission there: " + kConnectPut + "444444444444"));
}

TEST_F(Doctor, NamesASpokeWithoutAHub) {
    become_spoke();
    ASSERT_TRUE(fixture_.run("connection", R"({"action":"Disconnect"})"));
    fixture_.parameters.parameters.clear();
    EXPECT_THAT(wrong(), testing::ElementsAre(HasSubstr("self parameter: dsdash put-parameter")));
}

TEST_F(Doctor, SendsAnEmptyAccountToDeploy) {
    functions_.clear();
    EXPECT_THAT(wrong(),
                testing::ElementsAre("111111111111 self stack: dsdash deploy hub --account me"));
}

TEST_F(Doctor, SaysWhichCallWasDenied) {
    become_hub();
    fixture_.aws.script("events:DescribeEventBus",
                        {fail(ErrorKind::denied, "may not events:DescribeEventBus")});
    const auto findings = examine();
    ASSERT_FALSE(findings);
    EXPECT_EQ(findings.error().kind, ErrorKind::denied);
    EXPECT_THAT(findings.error().message, HasSubstr("events:DescribeEventBus"));
}

}  // namespace
}  // namespace dsdash::doctor
