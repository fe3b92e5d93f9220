#include "cli/dashboard/hub_upkeep.hpp"

#include <gtest/gtest.h>

#include <atomic>

#include "embedded/testing/record_table_fixture.hpp"
#include "mirror/testing/fake_hub_tables.hpp"
#include "services/testing/fake_services.hpp"

namespace dsdash::cli {
namespace {

using embedded::record;

/// Its own thread calls the fake, which a test therefore leaves alone once that runs.
class HubUpkeepTest : public testing::Test {
  protected:
    HubUpkeepTest() {
        api_.on("ssm:GetParametersByPath", [](const json::object&) {
            return object_of(
                R"({"Parameters":[{"Name":"/monitored_projects/churn/dev","Type":"String",
                    "Value":"222222222222"}]})");
        });
        deny("events:DescribeRule");
        deny("sqs:GetQueueUrl");
        deny("lambda:GetFunction");
        tables_.archive(record("2026-11-23 11:00:00", "1"));
    }

    static Error denied(const std::string& operation) {
        return {ErrorKind::denied, "not authorized", "AccessDeniedException",
                operation + " in account 111111111111", ""};
    }
    void deny(const std::string& operation) {
        api_.on(operation, [operation](const json::object&) -> Result<json::object> {
            return std::unexpected(denied(operation));
        });
    }
    void lose_network() {
        tables_.good_queries = 0;
        tables_.failure = {ErrorKind::unreachable, "no route to host", {}, "dynamodb:Query", {}};
    }
    Result<void> start() { return upkeep_.start(); }
    doctor::Findings findings() { return hubs_.examine(api_.account()).value(); }
    bool eventually(const std::function<bool()>& claim) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!claim()) {
            if (std::chrono::steady_clock::now() > end) return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return true;
    }

    // For the handlers of tests, which its thread calls until it goes.
    std::atomic<bool> is_lost_ = false;
    std::atomic<int> polls_ = 0;
    SystemClock clock_;
    RandomUuidSource uuids_;
    FakeAwsApi api_{"111111111111"};
    FakeAwsApi asking_{"111111111111"};
    mirror::FakeHubTables tables_{api_};
    embedded::TemporaryFolder folder_;
    std::unique_ptr<mirror::MirrorFile> mirror_ =
        mirror::MirrorFile::open(folder_.path(), {api_.account(), api_.region()}, clock_).value();
    AwsHubs hubs_{{.summary = {api_.account(), "hub", api_.region()},
                   .mirror = *mirror_,
                   .asking = asking_,
                   .clock = clock_}};
    const doctor::Commands commands_{doctor::Commands::Home::aws,
                                     doctor::Commands::NamedBy::profile, "hub", ""};
    HubUpkeep upkeep_{{.api = api_,
                       .mirror = *mirror_,
                       .hubs = hubs_,
                       .clock = clock_,
                       .uuids = uuids_,
                       .commands = commands_,
                       .poll_interval = std::chrono::seconds(3'600)}};
};

TEST_F(HubUpkeepTest, HasSomethingToShowWhenItHasStarted) {
    ASSERT_TRUE(start());
    EXPECT_EQ(mirror_->records().latest().value().size(), 1U);
    EXPECT_EQ(hubs_.registrations(api_.account())->size(), 1U);
}

TEST_F(HubUpkeepTest, ReadsHistoryAndExaminesTheAccountByItself) {
    for (const auto* at : {"2026-11-23 08:00:00", "2026-11-23 09:00:00", "2026-11-23 10:00:00"}) {
        tables_.put_record(record(at, "1"));
    }
    ASSERT_TRUE(start());
    EXPECT_TRUE(eventually([&] { return mirror_->records().count().value() == 4; }));
    EXPECT_TRUE(eventually([&] { return !findings().empty(); }));
}

TEST_F(HubUpkeepTest, WhatItMayNotLookAtIsAFindingThatNamesThePermission) {
    ASSERT_TRUE(start());
    ASSERT_TRUE(eventually([&] { return !findings().empty(); }));
    std::string all;
    for (const auto& finding : findings()) all += finding.message + "\n";
    EXPECT_NE(all.find("sqs:GetQueueUrl"), std::string::npos) << all;
}

TEST_F(HubUpkeepTest, MissingPermissionEndsItWithItsName) {
    tables_.good_queries = 0;
    tables_.failure = denied("dynamodb:Query");
    const auto started = start();
    ASSERT_FALSE(started);
    EXPECT_NE(started.error().hint.find("permission dynamodb:Query"), std::string::npos);
}

TEST_F(HubUpkeepTest, MissingPermissionForTheRegistrationsEndsItToo) {
    deny("ssm:GetParametersByPath");
    const auto started = start();
    ASSERT_FALSE(started);
    EXPECT_NE(started.error().hint.find("permission ssm:GetParametersByPath"), std::string::npos);
}

TEST_F(HubUpkeepTest, WithoutNetworkAndCacheThereIsNothingToShow) {
    lose_network();
    const auto started = start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().kind, ErrorKind::unreachable);
}

TEST_F(HubUpkeepTest, WithoutNetworkShowsTheCacheAndSaysSo) {
    ASSERT_TRUE(mirror::HubMirror(api_, *mirror_, clock_).poll());
    lose_network();
    ASSERT_TRUE(start());
    EXPECT_EQ(mirror_->records().latest().value().size(), 1U);
    ASSERT_FALSE(findings().empty());
    EXPECT_NE(findings().back().message.find("no route to host"), std::string::npos);
}

TEST_F(HubUpkeepTest, GoesOnWhenTheNetworkIsBack) {
    ASSERT_TRUE(mirror::HubMirror(api_, *mirror_, clock_).poll());
    is_lost_ = true;
    const auto query = [this](const json::object&) -> Result<json::object> {
        if (is_lost_) return fail(ErrorKind::unreachable, "no route to host");
        return json::object{{"Items", json::array()}};
    };
    api_.on("dynamodb:Query", query);
    ASSERT_TRUE(start());
    ASSERT_FALSE(findings().empty());
    is_lost_ = false;
    const auto is_told = [&] {
        return std::ranges::any_of(findings(),
                                   [](const auto& one) { return one.check == "cache"; });
    };
    EXPECT_TRUE(eventually([&] { return !is_told(); }));
}

TEST_F(HubUpkeepTest, LooksAtOnceWhenSomebodyWaits) {
    api_.on("dynamodb:Query", [this](const json::object& input) -> Result<json::object> {
        const auto& values = input.at("ExpressionAttributeValues").as_object();
        if (items::text_at(values, ":key", "S") == "latest") ++polls_;
        return json::object{{"Items", json::array()}};
    });
    ASSERT_TRUE(start());
    EXPECT_EQ(polls_, 1);
    upkeep_.hurry();
    EXPECT_TRUE(eventually([&] { return polls_ >= 3; }));  // at once, and two seconds later
}

}  // namespace
}  // namespace dsdash::cli
