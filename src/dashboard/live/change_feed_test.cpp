#include "dashboard/live/change_feed.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace dsdash::dashboard {
namespace {

const AccountId kHub = AccountId::parse("111111111111").value();
const AccountId kOther = AccountId::parse("444444444444").value();

class Changes : public testing::Test {
  protected:
    /// The next event, which has to come within five seconds; "" when none does.
    static std::string next_event(http::BodyStream& stream) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
        while (std::chrono::steady_clock::now() < end) {
            if (auto text = stream.next(); !text->empty()) return *text;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return "";
    }

    std::atomic<std::size_t> latest_ = 1;
    std::atomic<int> looks_ = 0;
    ChangeFeed feed_{[this](const AccountId& hub, const Projects& projects) {
        ++looks_;
        if (projects) return std::map<std::string, std::size_t>{{"latest", 8}};
        return std::map<std::string, std::size_t>{{"latest", hub == kHub ? latest_.load() : 7},
                                                  {"overview", 5}};
    }};
};

constexpr const char* kEverything =
    "event: changed\ndata: {\"what\":[\"latest\",\"overview\"]}\n\n";

TEST_F(Changes, NameEverythingFirst) {
    EXPECT_EQ(next_event(**feed_.listen(kHub, {})), kEverything);
}

TEST_F(Changes, NameWhatChangedAfterwards) {
    const auto stream = feed_.listen(kHub, {}).value();
    const auto other = feed_.listen(kOther, {}).value();
    next_event(*stream);
    next_event(*other);
    EXPECT_EQ(*stream->next(), "");
    latest_ = 2;
    EXPECT_EQ(next_event(*stream), "event: changed\ndata: {\"what\":[\"latest\"]}\n\n");
    EXPECT_EQ(*other->next(), "") << "it is of another hub";
}

TEST_F(Changes, OfProjectsThatMayNotBeSeenAreNotTold) {
    const auto all = feed_.listen(kHub, {}).value();
    const auto some = feed_.listen(kHub, {{"churn"}}).value();
    next_event(*all);
    EXPECT_EQ(next_event(*some), "event: changed\ndata: {\"what\":[\"latest\"]}\n\n");
    latest_ = 2;
    EXPECT_NE(next_event(*all), "");
    EXPECT_EQ(*some->next(), "");
}

TEST_F(Changes, AreLookedForOncePerHubAndOnlyWhileSomebodyListens) {
    EXPECT_EQ(looks_, 0);
    {
        std::vector<std::shared_ptr<http::BodyStream>> streams;
        for (int i = 0; i < 100; ++i) streams.push_back(feed_.listen(kHub, {}).value());
        for (const auto& stream : streams) EXPECT_EQ(next_event(*stream), kEverything);
        EXPECT_LT(looks_, 20);
    }
    std::this_thread::sleep_for(ChangeFeed::kLookInterval * 3 /
                                2);  // the last one may be under way
    const int looks = looks_;
    std::this_thread::sleep_for(ChangeFeed::kLookInterval * 3 / 2);
    EXPECT_EQ(looks_, looks);
}

TEST_F(Changes, AreToldToSoManyAtMost) {
    std::vector<std::shared_ptr<http::BodyStream>> streams;
    for (std::size_t i = 0; i < ChangeFeed::kListenersMax; ++i) {
        streams.push_back(feed_.listen(i % 2 == 0 ? kHub : kOther, {}).value());
    }
    // The feed itself may hold a channel while it looks.
    auto refused = feed_.listen(kHub, {});
    EXPECT_EQ(refused.error().kind, ErrorKind::throttled);
    streams.resize(streams.size() / 2);
    EXPECT_TRUE(feed_.listen(kHub, {}));
}

}  // namespace
}  // namespace dsdash::dashboard
