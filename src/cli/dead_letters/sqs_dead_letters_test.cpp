#include "cli/dead_letters/sqs_dead_letters.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "items/state_item.hpp"
#include "services/testing/fake_aws_api.hpp"

namespace dsdash::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr std::string_view kBus = "arn:aws:events:eu-west-1:111111111111:event-bus/default";
constexpr std::string_view kArchive = "ds-dashboard-archive-dead-letters";
constexpr std::string_view kForwarding = "ds-dashboard-forwarding-dead-letters";

Event event_of(std::string_view id) {
    return {.id = std::string(id),
            .source = "metric_extractor",
            .detail_type = "metric_extractor",
            .account = AccountId::parse("222222222222").value(),
            .region = Region::parse("eu-west-1").value(),
            .time = parse_extraction_date("2026-11-23 12:00:00.000000").value(),
            .resources = {},
            .detail = R"({"MetricName":"M","MetricValue":0.10})"};
}

/// An account on AWS with queues, functions and a hub's state table.
class SqsDeadLettersTest : public ::testing::Test {
  protected:
    SqsDeadLettersTest() {
        api_.on("sqs:GetQueueUrl", [this](const json::object& input) -> Result<json::object> {
            const std::string name(input.at("QueueName").as_string());
            if (queues_.contains(name)) return json::object{{"QueueUrl", name}};
            return fail(ErrorKind::not_found, "no such queue", "QueueDoesNotExist");
        });
        api_.on("sqs:ReceiveMessage", [this](const json::object& input) { return receive(input); });
        api_.on("sqs:DeleteMessage", [this](const json::object& input) -> Result<json::object> {
            std::erase_if(queues_.at(std::string(input.at("QueueUrl").as_string())),
                          [&](const json::object& message) {
                              return message.at("ReceiptHandle") == input.at("ReceiptHandle");
                          });
            return json::object{};
        });
        api_.on("sqs:ChangeMessageVisibilityBatch", [this](const json::object& input) {
            for (const auto& entry : input.at("Entries").as_array()) {
                EXPECT_EQ(entry.at("VisibilityTimeout"), 0);
                hidden_.erase(std::string(entry.at("ReceiptHandle").as_string()));
            }
            return json::object{};
        });
        api_.on("lambda:Invoke", [this](const json::object& input) -> Result<json::object> {
            if (!input.contains("InvocationType")) return json::object{{"Payload", answer_}};
            return json::object{};
        });
        api_.on("events:PutEvents", [this](const auto&) {
            return json::object{{"FailedEntryCount", 0}, {"Entries", json::array{put_answer_}}};
        });
        api_.on("dynamodb:Query", [this](const auto&) { return json::object{{"Items", items_}}; });
        api_.on("dynamodb:DeleteItem", [](const auto&) { return json::object{}; });
    }

    void add(std::string_view queue, std::string_view id, json::object attributes) {
        json::object rendered;
        for (const auto& [name, value] : attributes) {
            rendered[name] = json::object{{"DataType", "String"}, {"StringValue", value}};
        }
        queues_[std::string(queue)].push_back({{"MessageId", id},
                                               {"ReceiptHandle", fmt::format("receipt of {}", id)},
                                               {"Body", event_of(id).to_json()},
                                               {"Attributes", {{"SentTimestamp", "1795435200500"}}},
                                               {"MessageAttributes", std::move(rendered)}});
    }
    void add_undelivered(std::string_view id) {
        add(kForwarding, id,
            {{"TARGET_ARN", kBus},
             {"ERROR_CODE", "NO_PERMISSIONS"},
             {"ERROR_MESSAGE", "no leave"}});
    }
    void quarantine(std::string_view id) {
        items_.emplace_back(
            items::quarantine_item({event_of(id), "account 222222222222 is not registered",
                                    parse_extraction_date("2026-11-23 12:00:01.000000").value()}));
    }
    /// "id: reason" of what could not be sent again.
    static std::vector<std::string> failures(const Replay& replay) {
        std::vector<std::string> lines;
        for (const auto& [id, reason] : replay.failures) {
            lines.push_back(fmt::format("{}: {}", id, reason));
        }
        return lines;
    }

    FakeAwsApi api_;
    SqsDeadLetters letters_{api_};
    std::map<std::string, std::vector<json::object>> queues_;
    std::set<std::string> hidden_;  ///< receipts of messages that nobody else receives now
    json::array items_;             ///< in quarantine
    std::string answer_ = R"({"EventId":"e","Outcome":"stored"})";  ///< the archive's
    json::object put_answer_{{"EventId", "new"}};

  private:
    /// Two at a time, as SQS gives fewer than were asked for.
    json::object receive(const json::object& input) {
        json::array messages;
        for (const auto& message : queues_.at(std::string(input.at("QueueUrl").as_string()))) {
            const bool is_new =
                hidden_.insert(std::string(message.at("ReceiptHandle").as_string())).second;
            if (is_new) messages.emplace_back(message);
            if (messages.size() == 2) break;
        }
        if (messages.empty()) return {};
        return {{"Messages", std::move(messages)}};
    }
};

TEST_F(SqsDeadLettersTest, AreListedFromEveryQueueThatIsThereAndFromQuarantine) {
    for (const auto* id : {"a", "b", "c"}) add(kArchive, id, {{"ErrorMessage", "it threw"}});
    add_undelivered("d");
    quarantine("e");
    const auto listed = letters_.list().value();
    std::vector<std::string> lines;
    for (const auto& letter : listed) {
        EXPECT_EQ(letter.account, "222222222222");
        EXPECT_EQ(letter.source, "metric_extractor");
        lines.push_back(
            fmt::format("{} {} {}", letter.id, letter.target_arn, letter.error_message));
    }
    const std::string function =
        "arn:aws:lambda:eu-west-1:222222222222:function:ds-dashboard-dynamo-write";
    EXPECT_THAT(lines, ElementsAre("archive-a " + function + " it threw",
                                   "archive-b " + function + " it threw",
                                   "archive-c " + function + " it threw",
                                   fmt::format("forwarding-d {} no leave", kBus),
                                   "q-e  account 222222222222 is not registered"));
    EXPECT_EQ(listed[3].error_code, "NO_PERMISSIONS");
    EXPECT_EQ(format_extraction_date(listed[0].time), "2026-11-23 12:00:00.500000");
    EXPECT_EQ(listed[4].kind, DeadLetter::Kind::quarantine);
    EXPECT_THAT(hidden_, IsEmpty()) << "others may look at them at once";
}

TEST_F(SqsDeadLettersTest, AreListedTheOldestFirst) {
    for (const auto* id : {"a", "b", "c"}) add(kArchive, id, {});
    queues_.at(std::string(kArchive))[1]["Attributes"] =
        json::object{{"SentTimestamp", "1795435200499"}};
    const auto listed = letters_.list().value();
    std::vector<std::string> ids;
    for (const auto& letter : listed) ids.push_back(letter.id);
    EXPECT_THAT(ids, ElementsAre("archive-b", "archive-a", "archive-c"));
}

TEST_F(SqsDeadLettersTest, AreListedOnceHoweverOftenSqsGivesThem) {
    add(kArchive, "a", {});
    api_.on("sqs:ReceiveMessage", [this](const auto&) {
        return json::object{{"Messages", json::array{queues_.at(std::string(kArchive)).front()}}};
    });
    EXPECT_EQ(letters_.list().value().size(), 1U);
}

TEST_F(SqsDeadLettersTest, AreNoneWhereThereIsNeitherQueueNorTable) {
    api_.on("dynamodb:Query", [](const auto&) -> Result<json::object> {
        return fail(ErrorKind::not_found, "no table", "ResourceNotFoundException");
    });
    EXPECT_THAT(letters_.list().value(), IsEmpty());
    EXPECT_EQ(letters_.replay_all().value().replayed, 0);
}

TEST_F(SqsDeadLettersTest, TellThatTheQueuesMayNotBeLookedAt) {
    api_.on("sqs:GetQueueUrl", [](const auto&) -> Result<json::object> {
        return fail(ErrorKind::denied, "not you", "AccessDenied");
    });
    EXPECT_EQ(letters_.list().error().kind, ErrorKind::denied);
}

TEST_F(SqsDeadLettersTest, OfAFunctionAreGivenToItAgain) {
    for (const auto* id : {"a", "b", "c"}) add(kArchive, id, {});
    const std::vector<std::string> ids{"archive-c", "archive-a"};
    const auto replay = letters_.replay(ids).value();
    EXPECT_EQ(replay.replayed, 2);
    EXPECT_THAT(replay.failures, IsEmpty());
    const auto invoked = api_.inputs_of("lambda:Invoke");
    ASSERT_EQ(invoked.size(), 2U);
    EXPECT_EQ(invoked[0], (json::object{{"FunctionName", "ds-dashboard-dynamo-write"},
                                        {"InvocationType", "Event"},
                                        {"Payload", event_of("a").to_json()}}));
    ASSERT_EQ(queues_.at(std::string(kArchive)).size(), 1U);
    EXPECT_EQ(queues_.at(std::string(kArchive)).front().at("MessageId").as_string(), "b");
    EXPECT_THAT(hidden_, UnorderedElementsAre("receipt of a", "receipt of c"));
    // Where none of them can be, nothing is looked at and hidden from others.
    EXPECT_EQ(api_.inputs_of("sqs:GetQueueUrl").size(), 1U);
    EXPECT_THAT(api_.inputs_of("dynamodb:Query"), IsEmpty());
}

TEST_F(SqsDeadLettersTest, OfAnotherAccountsBusArePutThereAgain) {
    add_undelivered("d");
    EXPECT_EQ(letters_.replay_all().value().replayed, 1);
    const auto put = api_.inputs_of("events:PutEvents");
    ASSERT_EQ(put.size(), 1U);
    const auto& entry = put[0].at("Entries").at(0).as_object();
    EXPECT_EQ(entry.at("EventBusName").as_string(), kBus);
    EXPECT_EQ(entry.at("Source").as_string(), "metric_extractor");
    EXPECT_EQ(entry.at("Detail").as_string(), event_of("d").detail) << "digit by digit";
    EXPECT_EQ(entry.at("Time").as_double(), 1795435200.0);
    EXPECT_THAT(queues_.at(std::string(kForwarding)), IsEmpty());
}

TEST_F(SqsDeadLettersTest, StayWhereTheyAreWhenTheyFailAgain) {
    add_undelivered("d");
    add(kForwarding, "e", {});
    add(kArchive, "f", {});
    put_answer_ = {{"ErrorCode", "AccessDeniedException"}, {"ErrorMessage", "still not"}};
    api_.on("lambda:Invoke", [](const auto&) -> Result<json::object> {
        return fail(ErrorKind::throttled, "slow down", "TooManyRequestsException");
    });
    const auto replay = letters_.replay_all().value();
    EXPECT_EQ(replay.replayed, 0);
    EXPECT_THAT(
        failures(replay),
        ElementsAre("archive-f: slow down", "forwarding-d: AccessDeniedException: still not",
                    "forwarding-e: the message does not say where it was to go"));
    EXPECT_EQ(queues_.at(std::string(kForwarding)).size(), 2U);
    EXPECT_EQ(queues_.at(std::string(kArchive)).size(), 1U);
    EXPECT_THAT(hidden_, IsEmpty());
}

TEST_F(SqsDeadLettersTest, StayWhenNobodySaysWhatBecameOfThem) {
    add_undelivered("d");
    api_.on("events:PutEvents", [](const auto&) { return json::object{}; });
    EXPECT_EQ(letters_.replay_all().value().replayed, 0);
    EXPECT_EQ(queues_.at(std::string(kForwarding)).size(), 1U);
}

TEST_F(SqsDeadLettersTest, ThatWereSentButStayAreNamed) {
    add_undelivered("d");
    api_.on("sqs:DeleteMessage", [](const auto&) -> Result<json::object> {
        return fail(ErrorKind::denied, "not you", "AccessDenied");
    });
    const auto replay = letters_.replay_all().value();
    EXPECT_EQ(replay.replayed, 1);
    EXPECT_THAT(failures(replay),
                ElementsAre("forwarding-d: it was sent again, and is still there: not you"));
}

TEST_F(SqsDeadLettersTest, LeaveTheQuarantineWhenTheArchiveTakesThem) {
    quarantine("e");
    const std::vector<std::string> ids{"q-e"};
    EXPECT_EQ(letters_.replay(ids).value().replayed, 1);
    EXPECT_EQ(api_.inputs_of("lambda:Invoke").at(0).at("Payload").as_string(),
              event_of("e").to_json());
    const auto deleted = api_.inputs_of("dynamodb:DeleteItem");
    ASSERT_EQ(deleted.size(), 1U);
    EXPECT_EQ(deleted[0].at("Key"), json::parse(R"({"StateKey":{"S":"quarantine"},
                                                    "SortKey":{"S":"e"}})"));
}

TEST_F(SqsDeadLettersTest, StayInQuarantineWhenTheArchiveRefusesThemAgain) {
    quarantine("e");
    answer_ = R"({"EventId":"e","Outcome":"quarantined","Reason":"not registered"})";
    EXPECT_THAT(failures(letters_.replay_all().value()), ElementsAre("q-e: not registered"));
    EXPECT_THAT(api_.inputs_of("dynamodb:DeleteItem"), IsEmpty());
}

TEST_F(SqsDeadLettersTest, AreNotSentTwiceWhenTheyEndInQuarantine) {
    add(kArchive, "a", {});
    api_.on("lambda:Invoke", [this](const json::object& input) -> Result<json::object> {
        EXPECT_TRUE(input.contains("InvocationType"));
        quarantine("a");
        return json::object{};
    });
    const auto replay = letters_.replay_all().value();
    EXPECT_EQ(replay.replayed, 1);
    EXPECT_THAT(replay.failures, IsEmpty());
}

TEST_F(SqsDeadLettersTest, HaveNoTimeWhenSqsTellsNone) {
    for (const auto* sent : {"9223372036854775807", "soon", ""}) {
        queues_.clear();
        add(kArchive, "a", {});
        queues_.at(std::string(kArchive))[0]["Attributes"].as_object()["SentTimestamp"] = sent;
        hidden_.clear();
        EXPECT_EQ(letters_.list().value().at(0).time, TimePoint{}) << sent;
    }
}

TEST_F(SqsDeadLettersTest, ThatAreNotThereAreNamed) {
    const std::vector<std::string> ids{"archive-x", "nonsense"};
    const auto replay = letters_.replay(ids).value();
    EXPECT_EQ(replay.replayed, 0);
    EXPECT_THAT(failures(replay), ElementsAre(HasSubstr("archive-x: it is not there"),
                                              HasSubstr("nonsense: it is not there")));
}

}  // namespace
}  // namespace dsdash::cli
