#include "cli/dashboard/aws_hubs.hpp"

#include <gtest/gtest.h>

#include "embedded/testing/temporary_folder.hpp"
#include "services/testing/fake_aws_api.hpp"
#include "services/testing/fake_services.hpp"

namespace dsdash::cli {
namespace {

class AwsHubsTest : public testing::Test {
  protected:
    FakeClock clock_;
    FakeAwsApi api_{"111111111111"};
    embedded::TemporaryFolder folder_;
    std::unique_ptr<mirror::MirrorFile> mirror_ =
        mirror::MirrorFile::open(folder_.path(), {api_.account(), api_.region()}, clock_).value();
    AwsHubs hubs_{{.summary = {api_.account(), "hub", api_.region()},
                   .mirror = *mirror_,
                   .asking = api_,
                   .clock = clock_}};
    const AccountId id_ = api_.account();
};

TEST_F(AwsHubsTest, HasTheOneHub) {
    const auto hubs = hubs_.hubs().value();
    ASSERT_EQ(hubs.size(), 1U);
    EXPECT_EQ(hubs[0].id, id_);
    EXPECT_TRUE(hubs_.find(id_));
    const auto other = AccountId::parse("222222222222").value();
    EXPECT_EQ(hubs_.find(other).error().kind, ErrorKind::not_found);
    EXPECT_EQ(hubs_.registrations(other).error().kind, ErrorKind::not_found);
    EXPECT_EQ(hubs_.dead_letters(other).error().kind, ErrorKind::not_found);
    EXPECT_EQ(hubs_.examine(other).error().kind, ErrorKind::not_found);
    EXPECT_EQ(hubs_.ask_for_new_data(other).error().kind, ErrorKind::not_found);
    EXPECT_TRUE(api_.calls().empty());
}

TEST_F(AwsHubsTest, TellsWhatWasLearnt) {
    hubs_.learn({.registrations = {{AccountId::parse("222222222222").value(), "churn", "dev"}},
                 .refresh_interval = std::chrono::hours(1),
                 .deliveries = {{.id = "archive-1"}},
                 .findings = {{id_, "self", "function", doctor::Finding::State::well, "", ""}}});
    EXPECT_EQ(hubs_.find(id_)->refresh_interval, std::chrono::hours(1));
    EXPECT_EQ(hubs_.registrations(id_)->size(), 1U);
    EXPECT_EQ(hubs_.dead_letters(id_)->at(0).id, "archive-1");
    EXPECT_EQ(hubs_.examine(id_)->at(0).check, "function");
}

TEST_F(AwsHubsTest, QuarantineIsTheMirrors) {
    const auto event =
        Event::from_json(R"({"version":"0","id":"e-1","detail-type":"metric_extractor",)"
                         R"("source":"metric_extractor","account":"222222222222",)"
                         R"("time":"2026-11-23T12:00:00Z","region":"eu-west-1","resources":[],)"
                         R"("detail":{}})")
            .value();
    ASSERT_TRUE(mirror_->state().quarantine({event, "no number", clock_.now()}));
    const auto letters = hubs_.dead_letters(id_).value();
    ASSERT_EQ(letters.size(), 1U);
    EXPECT_EQ(letters[0].id, "q-e-1");
    EXPECT_EQ(letters[0].kind, DeadLetter::Kind::quarantine);
    EXPECT_EQ(letters[0].error_message, "no number");
}

TEST_F(AwsHubsTest, SaysOfWhenItIsWhileItIsNotUpToDate) {
    ASSERT_TRUE(mirror_->set_polled(clock_.now()));
    hubs_.note_failure(Error{ErrorKind::unreachable, "no route to host", {}, {}, {}});
    const auto findings = hubs_.examine(id_).value();
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].check, "cache");
    EXPECT_EQ(findings[0].state, doctor::Finding::State::wrong);
    EXPECT_EQ(findings[0].message, "what is shown is of 2026-11-23 12:00:00 UTC: no route to host");
    hubs_.note_failure(std::nullopt);
    EXPECT_TRUE(hubs_.examine(id_)->empty());
}

TEST_F(AwsHubsTest, FetchInvokesTheHubsFunctionAndHurries) {
    int hurries = 0;
    hubs_.on_fetch([&] { ++hurries; });
    api_.on("lambda:Invoke", [](const json::object&) {
        return json::object{
            {"Payload",
             R"({"FetchId":"f-1","FetchDate":"2026-11-23 11:00:00.000000","Spokes":[]})"}};
    });
    EXPECT_EQ(hubs_.ask_for_new_data(id_)->fetch_id, "f-1");
    EXPECT_EQ(hurries, 1);
    EXPECT_EQ(api_.inputs_of("lambda:Invoke").at(0).at("FunctionName"),
              "ds-dashboard-fetch-new-data");
}

TEST_F(AwsHubsTest, RefusedFetchNamesThePermission) {
    api_.on("lambda:Invoke", [](const json::object&) -> Result<json::object> {
        return std::unexpected(Error{ErrorKind::denied, "not authorized", "AccessDeniedException",
                                     "lambda:Invoke in account 111111111111", ""});
    });
    const auto refused = hubs_.ask_for_new_data(id_);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().hint.find("lambda:InvokeFunction"), std::string::npos);
}

}  // namespace
}  // namespace dsdash::cli
