#include <gtest/gtest.h>

#include "endpoint/testing/operation_fixture.hpp"

namespace dsdash::endpoint {
namespace {

class PutEvents : public OperationFixture {
  protected:
    PutEvents() : OperationFixture(events_service()) {
        add_function(hub(), "archive");
        add_rule(hub(), "metrics", "m", function_target(hub(), "archive"));
    }
    static std::string entries(int count, std::string_view more = "") {
        std::string list;
        for (int i = 0; i < count; ++i) {
            list += fmt::format(R"({}{{"Source":"m","DetailType":"t","Detail":"{{\"n\":{}}}"{}}})",
                                i == 0 ? "" : ",", i, more);
        }
        return fmt::format(R"({{"Entries":[{}]}})", list);
    }
    static std::vector<std::string> codes(const json::object& output) {
        std::vector<std::string> codes;
        for (const auto& entry : output.at("Entries").get_array()) {
            const auto* code = entry.get_object().if_contains("ErrorCode");
            codes.emplace_back(code == nullptr ? "" : code->get_string());
        }
        return codes;
    }
};

using Codes = std::vector<std::string>;

TEST_F(PutEvents, AnswersWithTheIdOfEveryEvent) {
    const auto output = call("PutEvents", entries(10)).value();
    EXPECT_EQ(output.at("FailedEntryCount"), 0);
    EXPECT_EQ(engine_->run_due(), 10U);
    const auto delivered = runtime_.delivered();
    ASSERT_EQ(delivered.size(), 10U);
    for (std::size_t i = 0; i < 10; ++i) {
        EXPECT_EQ(output.at("Entries").at(i).at("EventId").as_string(), delivered[i].id);
        EXPECT_EQ(delivered[i].detail, fmt::format(R"({{"n":{}}})", i));
    }
}

TEST_F(PutEvents, TakesTimeAndResources) {
    ASSERT_TRUE(call("PutEvents", entries(1, R"(,"Time":1700000000.123,"Resources":["a","b"])")));
    engine_->run_due();
    const auto event = runtime_.delivered().at(0);
    EXPECT_EQ(format_iso8601(event.time), "2023-11-14T22:13:20Z");
    EXPECT_EQ(event.resources, (std::vector<std::string>{"a", "b"}));
}

TEST_F(PutEvents, TellsForEachEntryWhatIsWrongWithIt) {
    const auto output = call("PutEvents", R"({"Entries":[
            {"Source":"m","DetailType":"t","Detail":"{}"},
            {"DetailType":"t","Detail":"{}"},
            {"Source":"m","Detail":"{}"},
            {"Source":"m","DetailType":"t"},
            {"Source":"m","DetailType":"t","Detail":"{"},
            {"Source":"aws.ec2","DetailType":"t","Detail":"{}"},
            {"Source":"m","DetailType":"t","Detail":"{}","EventBusName":"other"},
            {"Source":"m","DetailType":"t","Detail":"{}","EventBusName":"default"}]})")
                            .value();
    EXPECT_EQ(output.at("FailedEntryCount"), 6);
    EXPECT_EQ(codes(output),
              (Codes{"", "InvalidArgument", "InvalidArgument", "InvalidArgument", "MalformedDetail",
                     "NotAuthorizedForSourceException", "ResourceNotFoundException", ""}));
    EXPECT_EQ(engine_->run_due(), 2U);
}

TEST_F(PutEvents, TakesOneToTenEntries) {
    for (const auto& input :
         {entries(0), entries(11), std::string("{}"), std::string(R"({"Entries":{}})"),
          std::string(R"({"Entries":[5]})")}) {
        EXPECT_EQ(refusal("PutEvents", input).kind, ErrorKind::malformed_input);
    }
    EXPECT_EQ(engine_->run_due(), 0U);
}

TEST_F(PutEvents, TakesOneMegabyteTogether) {
    // 1,048,576 bytes: ten times Source 1, DetailType 1 and Detail 104,855, and six more of these.
    const auto sized = [](std::size_t last) {
        std::string list;
        for (int i = 0; i < 10; ++i) {
            const std::size_t detail = i < 9 ? 104'855 : last;
            list += fmt::format(R"({}{{"Source":"m","DetailType":"t","Detail":"{{}}{}"}})",
                                i == 0 ? "" : ",", std::string(detail - 2, ' '));
        }
        return fmt::format(R"({{"Entries":[{}]}})", list);
    };
    const auto refused = refusal("PutEvents", sized(104'862));
    EXPECT_EQ(refused.kind, ErrorKind::malformed_input);
    EXPECT_NE(refused.message.find("1048577 of 1048576 bytes"), std::string::npos);
    EXPECT_TRUE(call("PutEvents", sized(104'861)));
}

TEST_F(PutEvents, FieldsOfAWrongTypeRefuseTheWholeRequest) {
    for (const auto* more : {R"(,"Time":"now")", R"(,"Time":1e300)", R"(,"Resources":5)",
                             R"(,"Resources":[5])", R"(,"EventBusName":5)"}) {
        EXPECT_EQ(refusal("PutEvents", entries(1, more)).kind, ErrorKind::malformed_input) << more;
    }
    EXPECT_EQ(
        refusal("PutEvents", R"({"Entries":[{"Source":5,"DetailType":"t","Detail":"{}"}]})").kind,
        ErrorKind::malformed_input);
    EXPECT_EQ(refusal("PutEvents",
                      entries(1, fmt::format(R"(,"Resources":["{}"])", std::string(2'049, 'r'))))
                  .kind,
              ErrorKind::malformed_input);
    EXPECT_EQ(engine_->run_due(), 0U);
}

TEST_F(PutEvents, PutsOnTheBusOfAnotherAccountThatAllowsIt) {
    const auto to_hub = fmt::format(R"(,"EventBusName":"{}")", hub().bus().arn());
    auto output = call_as(dev(), "PutEvents", entries(2, to_hub)).value();
    EXPECT_EQ(codes(output), (Codes{"AccessDeniedException", "AccessDeniedException"}));
    EXPECT_EQ(engine_->run_due(), 0U);
    allow(hub(), std::string(embedded::kDev));
    output = call_as(dev(), "PutEvents", entries(2, to_hub)).value();
    EXPECT_EQ(output.at("FailedEntryCount"), 0);
    EXPECT_EQ(engine_->run_due(), 2U);
    EXPECT_EQ(runtime_.delivered().at(0).account.text(), embedded::kDev);
}

TEST_F(PutEvents, KeepsTheOrderOfAnswersAcrossBuses) {
    const auto output = call("PutEvents", fmt::format(R"({{"Entries":[
                 {{"Source":"m","DetailType":"t","Detail":"{{}}","EventBusName":"{}"}},
                 {{"Source":"m","DetailType":"t","Detail":"{{}}"}},
                 {{"Source":"m","DetailType":"t","Detail":"{{}}","EventBusName":"none"}},
                 {{"Source":"m","DetailType":"t","Detail":"["}}]}})",
                                                      dev().bus().arn()))
                            .value();
    EXPECT_EQ(codes(output),
              (Codes{"AccessDeniedException", "", "ResourceNotFoundException", "MalformedDetail"}));
}

TEST_F(PutEvents, PoliciesAreAskedAboutTheBus) {
    const auto own = hub().bus().arn();
    EXPECT_EQ(resource("PutEvents", entries(1)), own);
    EXPECT_EQ(resource("PutEvents",
                       entries(2, fmt::format(R"(,"EventBusName":"{}")", dev().bus().arn()))),
              dev().bus().arn());
    EXPECT_EQ(resource("PutEvents",
                       fmt::format(R"({{"Entries":[{{"Source":"m"}},{{"EventBusName":"{}"}}]}})",
                                   dev().bus().arn())),
              fmt::format("{} {}", own, dev().bus().arn()));
}

}  // namespace
}  // namespace dsdash::endpoint
