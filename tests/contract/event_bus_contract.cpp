#include <set>

#include "aws/event_bus.hpp"
#include "contract/contract_fixture.hpp"

namespace dsdash::contract_suite {
namespace {

using ::testing::SizeIs;

class EventBusContract : public Contract {
  public:
    ~EventBusContract() override {
        for (const auto& rule : rules_) {
            (void)call("RemoveTargets", {{"Rule", rule}, {"Ids", json::array{"0", "1"}}});
            (void)call("DeleteRule", {{"Name", rule}});
        }
    }

  protected:
    static EventEntry entry(std::string detail = R"({"n":1})") {
        return {.source = "dsdash.contract",
                .detail_type = "contract",
                .detail = std::move(detail),
                .resources = {},
                .time = std::nullopt};
    }
    std::vector<Result<std::string>> put_events(const std::vector<EventEntry>& entries) {
        return bus_.put_events(entries);
    }
    static Result<json::object> call(std::string_view operation, const json::object& input) {
        return home().api().call("events", operation, input);
    }
    Result<json::object> put_rule(std::string_view name,
                                  std::string_view pattern = R"({"source":["dsdash.contract"]})") {
        rules_.push_back(own(name));
        return call("PutRule", {{"Name", own(name)}, {"EventPattern", pattern}});
    }
    /// That many targets for one of this account's functions.
    [[nodiscard]] static json::array targets(int count) {
        json::array all;
        for (int i = 0; i < count; ++i) {
            all.push_back({{"Id", std::to_string(i)},
                           {"Arn", fmt::format("arn:aws:lambda:{}:{}:function:contract",
                                               home().api().region().text(),
                                               home().api().account().text())}});
        }
        return all;
    }
    static std::string code_of(const Result<json::object>& answer) {
        return answer ? "" : answer.error().code;
    }

  private:
    aws::AwsEventBus bus_{home().api()};
    std::vector<std::string> rules_;
};

TEST_F(EventBusContract, AnswersEveryEntryWithAnIdOfItsOwn) {
    std::set<std::string> ids;
    for (const auto& id : put_events(std::vector<EventEntry>(25, entry()))) {
        ASSERT_TRUE(id) << id.error().message;
        ids.insert(*id);
    }
    EXPECT_THAT(ids, SizeIs(25));
}

TEST_F(EventBusContract, RefusesAMalformedEntryAndTakesTheOthers) {
    const auto answers = put_events({entry(), entry("{"), entry()});
    ASSERT_THAT(answers, SizeIs(3));
    EXPECT_TRUE(answers[0]);
    EXPECT_EQ(answers[1].error().code, "MalformedDetail");
    EXPECT_EQ(answers[1].error().kind, ErrorKind::malformed_input);
    EXPECT_TRUE(answers[2]);
}

TEST_F(EventBusContract, RefusesAnEntryThatIsTooLarge) {
    const auto answers = put_events({entry(R"({"t":")" + std::string(1'100'000, 't') + R"("})")});
    ASSERT_THAT(answers, SizeIs(1));
    ASSERT_FALSE(answers[0]);
    EXPECT_EQ(answers[0].error().kind, ErrorKind::malformed_input);
}

TEST_F(EventBusContract, RefusesElevenEntriesInACall) {
    const json::object one{{"Source", "a"}, {"DetailType", "b"}, {"Detail", "{}"}};
    json::array eleven(11);
    for (auto& place : eleven) place = one;
    EXPECT_EQ(code_of(call("PutEvents", {{"Entries", eleven}})), "ValidationException");
}

TEST_F(EventBusContract, RefusesAPatternThatIsNone) {
    EXPECT_EQ(code_of(put_rule("bad", R"({"source":"a"})")), "InvalidEventPatternException");
}

TEST_F(EventBusContract, KeepsARuleThatHasTargets) {
    ASSERT_TRUE(put_rule("kept"));
    ASSERT_TRUE(call("PutTargets", {{"Rule", own("kept")}, {"Targets", targets(1)}}));
    EXPECT_EQ(code_of(call("DeleteRule", {{"Name", own("kept")}})), "ValidationException");
}

TEST_F(EventBusContract, AnswersNotFoundForARuleThatIsNotThere) {
    const auto answer = call("DescribeRule", {{"Name", own("none")}});
    EXPECT_EQ(code_of(answer), "ResourceNotFoundException");
    EXPECT_EQ(answer.error().kind, ErrorKind::not_found);
}

TEST_F(EventBusContract, DisablesARuleAndFindsItByPrefix) {
    ASSERT_TRUE(put_rule("rule-a"));
    ASSERT_TRUE(call("DisableRule", {{"Name", own("rule-a")}}));
    const auto rules = call("ListRules", {{"NamePrefix", own("rule-a")}});
    ASSERT_TRUE(rules) << rules.error().message;
    ASSERT_THAT(rules->at("Rules").as_array(), SizeIs(1));
    EXPECT_EQ(rules->at("Rules").at(0).at("State").as_string(), "DISABLED");
}

TEST_F(EventBusContract, ShowsAPermissionInThePolicyUntilItIsRemoved) {
    ASSERT_TRUE(call("PutPermission", {{"StatementId", own("s")},
                                       {"Principal", "222222222222"},
                                       {"Action", "events:PutEvents"}}));
    const auto policy = [] {
        const auto bus = call("DescribeEventBus", {});
        const auto* text = bus ? bus->if_contains("Policy") : nullptr;
        return text == nullptr ? std::string() : std::string(text->as_string());
    };
    EXPECT_NE(policy().find(own("s")), std::string::npos);
    ASSERT_TRUE(call("RemovePermission", {{"StatementId", own("s")}}));
    EXPECT_EQ(policy().find(own("s")), std::string::npos);
    EXPECT_EQ(code_of(call("RemovePermission", {{"StatementId", own("s")}})),
              "ResourceNotFoundException");
}

TEST_F(EventBusContract, RefusesASixthTarget) {
    ASSERT_TRUE(put_rule("full"));
    EXPECT_EQ(code_of(call("PutTargets", {{"Rule", own("full")}, {"Targets", targets(6)}})),
              "LimitExceededException");
}

TEST_F(EventBusContract, RefusesAPermissionForWhatIsNoAccount) {
    EXPECT_EQ(code_of(call("PutPermission", {{"StatementId", own("s")},
                                             {"Principal", "123"},
                                             {"Action", "events:PutEvents"}})),
              "ValidationException");
}

}  // namespace
}  // namespace dsdash::contract_suite
