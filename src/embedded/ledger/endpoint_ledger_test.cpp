#include "embedded/ledger/endpoint_ledger.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "embedded/testing/part_fixture.hpp"

namespace dsdash::embedded {
namespace {

constexpr const char* kUrl = "http://127.0.0.1:9000/invocations";

bool answers(const std::string&) {
    return true;
}
bool is_down(const std::string&) {
    return false;
}

class EndpointLedgerTest : public testing::Test {
  protected:
    RegisteredEndpoint find(std::string_view name) { return ledger_.find(name).value().value(); }

    PartFixture fixture_{EndpointLedger::schema()};
    EndpointLedger ledger_{fixture_.parts()};
};

TEST_F(EndpointLedgerTest, AsksPingOfTheSameOriginByDefault) {
    ASSERT_TRUE(ledger_.add("churn", kUrl, ""));
    EXPECT_EQ(find("churn").url, kUrl);
    EXPECT_EQ(find("churn").health_url, "http://127.0.0.1:9000/ping");
}

TEST_F(EndpointLedgerTest, TakesAHealthUrl) {
    ASSERT_TRUE(ledger_.add("churn", kUrl, "http://localhost:9001/healthy?now"));
    EXPECT_EQ(find("churn").health_url, "http://localhost:9001/healthy?now");
}

TEST_F(EndpointLedgerTest, IsInServiceOnlyWhileTheHealthUrlAnswers) {
    ASSERT_TRUE(ledger_.add("churn", kUrl, ""));
    EXPECT_EQ(find("churn").status, "Creating");
    ASSERT_TRUE(ledger_.check_all(answers));
    EXPECT_EQ(find("churn").status, "InService");
    ASSERT_TRUE(ledger_.check_all(is_down));
    EXPECT_EQ(find("churn").status, "OutOfService");
    ASSERT_TRUE(ledger_.check("churn", answers));
    EXPECT_EQ(find("churn").status, "InService");
}

TEST_F(EndpointLedgerTest, RemembersWhenTheStatusChanged) {
    const auto registered = ledger_.add("churn", kUrl, "").value().created;
    fixture_.clock().time += std::chrono::seconds(5);
    ASSERT_TRUE(ledger_.check_all(answers));
    fixture_.clock().time += std::chrono::seconds(5);
    ASSERT_TRUE(ledger_.check_all(answers));
    EXPECT_EQ(find("churn").created, registered);
    EXPECT_EQ(find("churn").last_modified, registered + std::chrono::seconds(5));
}

TEST_F(EndpointLedgerTest, AsksTheHealthUrlOfEachEndpoint) {
    ASSERT_TRUE(ledger_.add("a", "http://127.0.0.1:1/", ""));
    ASSERT_TRUE(ledger_.add("b", "http://127.0.0.1:2/", ""));
    std::vector<std::string> asked;
    ASSERT_TRUE(ledger_.check_all([&](const std::string& url) {
        asked.push_back(url);
        return url.find(":2/") != std::string::npos;
    }));
    EXPECT_THAT(
        asked, testing::UnorderedElementsAre("http://127.0.0.1:1/ping", "http://127.0.0.1:2/ping"));
    EXPECT_EQ(find("a").status, "OutOfService");
    EXPECT_EQ(find("b").status, "InService");
}

TEST_F(EndpointLedgerTest, AsksNoMoreWhenItIsToldToStop) {
    ASSERT_TRUE(ledger_.add("a", kUrl, ""));
    ASSERT_TRUE(ledger_.add("b", kUrl, ""));
    std::stop_source source;
    int asked = 0;
    const auto stop_at_once = [&](const std::string&) {
        ++asked;
        return source.request_stop();
    };
    ASSERT_TRUE(ledger_.check_all(stop_at_once, source.get_token()));
    EXPECT_EQ(asked, 1);
    EXPECT_EQ(find("a").status, "InService");
    EXPECT_EQ(find("b").status, "Creating");
}

TEST_F(EndpointLedgerTest, DoesNotTakeTheAnswerOfAnEndpointForItsSuccessor) {
    ASSERT_TRUE(ledger_.add("churn", kUrl, ""));
    ASSERT_TRUE(ledger_.check_all([&](const std::string&) {
        EXPECT_TRUE(ledger_.remove("churn").value());
        fixture_.clock().time += std::chrono::seconds(1);
        EXPECT_TRUE(ledger_.add("churn", "http://127.0.0.1:9001/", ""));
        return true;
    }));
    EXPECT_EQ(find("churn").status, "Creating");
}

TEST_F(EndpointLedgerTest, RefusesANameTwice) {
    ASSERT_TRUE(ledger_.add("churn", kUrl, ""));
    const auto again = ledger_.add("churn", kUrl, "");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, "ResourceInUse");
    EXPECT_TRUE(ledger_.remove("churn").value());
    EXPECT_TRUE(ledger_.add("churn", kUrl, ""));
}

TEST_F(EndpointLedgerTest, RefusesUrlsOfOtherMachines) {
    EXPECT_EQ(ledger_.add("e", "http://10.0.0.1/", "").error().kind, ErrorKind::malformed_input);
    EXPECT_EQ(ledger_.add("e", kUrl, "http://10.0.0.1/").error().kind, ErrorKind::malformed_input);
    EXPECT_FALSE(ledger_.find("e").value());
}

TEST_F(EndpointLedgerTest, RefusesNamesThatAreNotSageMakers) {
    for (std::string_view name : {"", "-a", "a-", "a_b", "a.b", "a b", "\xc3\xa4"}) {
        EXPECT_FALSE(ledger_.add(name, kUrl, "")) << name;
    }
    EXPECT_FALSE(ledger_.add(std::string(64, 'a'), kUrl, ""));
    EXPECT_TRUE(ledger_.add(std::string(63, 'a'), kUrl, ""));
    EXPECT_TRUE(ledger_.add("a--1", kUrl, ""));
}

TEST_F(EndpointLedgerTest, HoldsAHundred) {
    for (int endpoint = 0; endpoint < 100; ++endpoint) {
        ASSERT_TRUE(ledger_.add("e" + std::to_string(endpoint), kUrl, ""));
    }
    EXPECT_EQ(ledger_.add("one-more", kUrl, "").error().code, "ResourceLimitExceeded");
    ASSERT_TRUE(ledger_.check_all(answers));
    LedgerQuery in_service;
    in_service.status = "InService";
    in_service.size_max = 1'000;
    EXPECT_EQ(ledger_.list(in_service).value().entries.size(), 100U);
}

TEST_F(EndpointLedgerTest, DoesNotKnowWhatIsNotThere) {
    EXPECT_FALSE(ledger_.find("none").value());
    EXPECT_FALSE(ledger_.remove("none").value());
    EXPECT_TRUE(ledger_.check("none", answers));
}

}  // namespace
}  // namespace dsdash::embedded
