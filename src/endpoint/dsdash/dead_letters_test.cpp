#include <gtest/gtest.h>

#include "domain/contract.hpp"
#include "embedded/hub_tables/state_table.hpp"
#include "endpoint/dsdash/operations.hpp"
#include "endpoint/testing/operation_fixture.hpp"

namespace dsdash::endpoint {
namespace {

constexpr std::array kOperations{
    OperationEntry{"ListDeadLetters", list_dead_letters},
    OperationEntry{"ReplayDeadLetters", replay_dead_letters},
};
constexpr Service kDeadLetters{"dsdash", "DsDash", "1.1", "", kOperations};

class DeadLetters : public OperationFixture {
  protected:
    DeadLetters() : OperationFixture(kDeadLetters) {}

    /// Events for a function that is not there.
    void fail_deliveries(int count) {
        add_rule(hub(), "metrics", "m", function_target(hub(), "missing"));
        for (int i = 0; i < count; ++i) put(hub(), "m", fmt::format(R"({{"n":{}}})", i));
        engine_->run_due();
    }
    void quarantine(std::string_view id) {
        ASSERT_TRUE(hub().hub_state().create());
        Event event = dev().bus().stamp(entry("metric_extractor")).value();
        event.id = id;
        ASSERT_TRUE(hub().hub_state().quarantine({event, "not registered", clock_.now()}));
    }
    std::vector<std::string> ids(const json::object& page) {
        std::vector<std::string> ids;
        for (const auto& letter : page.at("DeadLetters").get_array()) {
            ids.emplace_back(letter.at("DeadLetterId").get_string());
        }
        return ids;
    }
};

using Ids = std::vector<std::string>;

TEST_F(DeadLetters, AnAccountWithoutFailuresHasNone) {
    EXPECT_EQ(answer("ListDeadLetters", "{}"), R"({"DeadLetters":[]})");
    EXPECT_EQ(answer("ReplayDeadLetters", R"({"All":true})"), R"({"Replayed":0,"Failed":[]})");
}

TEST_F(DeadLetters, TellsWhyADeliveryFailed) {
    fail_deliveries(1);
    const auto page = call("ListDeadLetters", "{}").value();
    ASSERT_EQ(ids(page), Ids{"d-1"});
    const auto& letter = page.at("DeadLetters").at(0).get_object();
    EXPECT_EQ(letter.at("Kind"), "delivery");
    EXPECT_EQ(letter.at("Source"), "m");
    EXPECT_EQ(letter.at("DetailType"), "type");
    EXPECT_EQ(letter.at("Account").as_string(), embedded::kHub);
    EXPECT_EQ(letter.at("RuleArn"), "arn:aws:events:eu-west-1:111111111111:rule/metrics");
    EXPECT_EQ(letter.at("TargetArn"), "arn:aws:lambda:eu-west-1:111111111111:function:missing");
    EXPECT_EQ(letter.at("ErrorCode"), "NO_RESOURCE");
    EXPECT_EQ(letter.at("RetryAttempts"), 0);
    EXPECT_EQ(letter.at("Time").as_double(), to_epoch_seconds(clock_.now()));
    const auto event = Event::from_json(std::string_view(letter.at("Event").get_string())).value();
    EXPECT_EQ(letter.at("EventId").as_string(), event.id);
    EXPECT_EQ(event.detail, R"({"n":0})");
}

TEST_F(DeadLetters, TellsOfFailedInvocationsAndQuarantinedEventsToo) {
    ASSERT_TRUE(hub().bus().queue_invocation("missing", R"({"a":1})"));
    engine_->run_due();
    quarantine("e1");
    const auto page = call("ListDeadLetters", "{}").value();
    ASSERT_EQ(ids(page), (Ids{"d-1", "q-e1"}));
    const auto& invocation = page.at("DeadLetters").at(0).get_object();
    EXPECT_FALSE(invocation.contains("RuleArn"));
    EXPECT_EQ(invocation.at("Event"), R"({"a":1})");
    const auto& quarantined = page.at("DeadLetters").at(1).get_object();
    EXPECT_EQ(quarantined.at("Kind"), "quarantine");
    EXPECT_EQ(quarantined.at("EventId"), "e1");
    EXPECT_EQ(quarantined.at("Account").as_string(), embedded::kDev);
    EXPECT_EQ(quarantined.at("ErrorMessage"), "not registered");
}

TEST_F(DeadLetters, PagesRunFromDeliveriesIntoTheQuarantine) {
    fail_deliveries(3);
    for (const auto* id : {"e1", "e2"}) quarantine(id);
    Ids all;
    std::string token;
    int pages = 0;
    do {
        const auto page =
            call("ListDeadLetters",
                 token.empty() ? R"({"MaxResults":2})"
                               : fmt::format(R"({{"MaxResults":2,"NextToken":"{}"}})", token))
                .value();
        for (const auto& id : ids(page)) all.push_back(id);
        token = page.contains("NextToken") ? std::string(page.at("NextToken").get_string()) : "";
        ++pages;
    } while (!token.empty());
    EXPECT_EQ(all, (Ids{"d-1", "d-2", "d-3", "q-e1", "q-e2"}));
    EXPECT_EQ(pages, 3);
}

TEST_F(DeadLetters, ReplaysDeliveries) {
    fail_deliveries(2);
    add_function(hub(), "missing");
    EXPECT_EQ(answer("ReplayDeadLetters", R"({"DeadLetterIds":["d-2"]})"),
              R"({"Replayed":1,"Failed":[]})");
    EXPECT_EQ(engine_->run_due(), 1U);
    EXPECT_EQ(runtime_.delivered().at(0).detail, R"({"n":1})");
    EXPECT_EQ(ids(call("ListDeadLetters", "{}").value()), Ids{"d-1"});
}

TEST_F(DeadLetters, ReplaysAQuarantinedEventThroughTheArchive) {
    quarantine("e1");
    add_function(hub(), contract::kArchiveFunction);
    EXPECT_EQ(answer("ReplayDeadLetters", R"({"DeadLetterIds":["q-e1"]})"),
              R"({"Replayed":1,"Failed":[]})");
    EXPECT_EQ(ids(call("ListDeadLetters", "{}").value()), Ids{});
    open();  // leaving the quarantine and joining the queue were one commit
    EXPECT_EQ(engine_->run_due(), 1U);
    ASSERT_EQ(runtime_.invocations().size(), 1U);
    EXPECT_EQ(Event::from_json(runtime_.invocations()[0])->id, "e1");
}

TEST_F(DeadLetters, ReplaysAllThatIsThere) {
    fail_deliveries(150);
    for (const auto* id : {"e1", "e2"}) quarantine(id);
    add_function(hub(), "missing");
    add_function(hub(), contract::kArchiveFunction);
    EXPECT_EQ(answer("ReplayDeadLetters", R"({"All":true})"), R"({"Replayed":152,"Failed":[]})");
    EXPECT_EQ(engine_->run_due(), 152U);
    EXPECT_EQ(answer("ListDeadLetters", "{}"), R"({"DeadLetters":[]})");
}

TEST_F(DeadLetters, NamesWhatCouldNotBeReplayed) {
    quarantine("e1");
    EXPECT_EQ(answer("ReplayDeadLetters", R"({"DeadLetterIds":["d-9","q-none","x","d-","d-1x"]})"),
              R"({"Replayed":0,"Failed":[)"
              R"({"DeadLetterId":"d-9","ErrorMessage":"dead letter 9 is not there"},)"
              R"({"DeadLetterId":"q-none","ErrorMessage":"there is no such quarantined event"},)"
              R"({"DeadLetterId":"x","ErrorMessage":"this is no id of a dead letter"},)"
              R"({"DeadLetterId":"d-","ErrorMessage":"this is no id of a dead letter"},)"
              R"({"DeadLetterId":"d-1x","ErrorMessage":"this is no id of a dead letter"}]})");
}

TEST_F(DeadLetters, RefusesMalformedInput) {
    for (const auto* input :
         {R"({"MaxResults":0})", R"({"MaxResults":101})", R"({"MaxResults":""})",
          R"({"NextToken":5})", R"({"NextToken":"x"})", R"({"NextToken":"d-"})"}) {
        EXPECT_EQ(refusal("ListDeadLetters", input).kind, ErrorKind::malformed_input) << input;
    }
    for (const auto* input :
         {"{}", R"({"All":false})", R"({"All":"true"})", R"({"DeadLetterIds":[]})",
          R"({"DeadLetterIds":[5]})", R"({"DeadLetterIds":"d-1"})"}) {
        EXPECT_EQ(refusal("ReplayDeadLetters", input).kind, ErrorKind::malformed_input) << input;
    }
}

}  // namespace
}  // namespace dsdash::endpoint
