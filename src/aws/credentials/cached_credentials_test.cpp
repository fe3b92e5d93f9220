#include "aws/credentials/cached_credentials.hpp"

#include <gtest/gtest.h>

#include "aws/testing/credentials_fixture.hpp"

namespace dsdash::aws {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

Credentials with_token(std::string token, std::optional<TimePoint> expiration) {
    return {"AKID", SecretKey("secret"), std::move(token), expiration};
}

class CachedCredentialsTest : public testing::Test {
  protected:
    explicit CachedCredentialsTest() {
        auto source = std::make_unique<ScriptedCredentials>();
        source_ = source.get();
        cache_ = std::make_unique<CachedCredentials>(std::move(source));
    }
    std::string token_at(TimePoint now) { return cache_->fetch(now, soon())->session_token; }

    ScriptedCredentials* source_;
    std::unique_ptr<CachedCredentials> cache_;
};

TEST_F(CachedCredentialsTest, AsksOnceForWhatDoesNotExpire) {
    source_->script = {with_token("a", {})};
    EXPECT_EQ(token_at(noon()), "a");
    EXPECT_EQ(token_at(noon() + std::chrono::hours(1000)), "a");
    EXPECT_EQ(source_->fetches, 1U);
}

TEST_F(CachedCredentialsTest, RefreshesFiveMinutesBeforeTheEnd) {
    source_->script = {with_token("a", noon() + minutes(60)),
                       with_token("b", noon() + minutes(120))};
    EXPECT_EQ(token_at(noon()), "a");
    EXPECT_EQ(token_at(noon() + minutes(55) - seconds(1)), "a");
    EXPECT_EQ(token_at(noon() + minutes(55)), "b");
}

TEST_F(CachedCredentialsTest, KeepsGoodOnesWhenARefreshFailsAndTriesAgainLater) {
    source_->script = {with_token("a", noon() + minutes(60)), fail(ErrorKind::unreachable, "gone"),
                       with_token("b", noon() + minutes(120))};
    EXPECT_EQ(token_at(noon()), "a");
    EXPECT_EQ(token_at(noon() + minutes(56)), "a");
    EXPECT_EQ(token_at(noon() + minutes(56) + seconds(1)), "a");
    EXPECT_EQ(source_->fetches, 2U) << "the source is left alone for a while";
    EXPECT_EQ(token_at(noon() + minutes(57)), "b");
}

TEST_F(CachedCredentialsTest, GivesNoneThatHaveExpired) {
    source_->script = {with_token("a", noon() + minutes(60)), fail(ErrorKind::unreachable, "gone")};
    EXPECT_EQ(token_at(noon()), "a");
    const auto late = cache_->fetch(noon() + minutes(60), soon());
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().message, "gone");
}

TEST_F(CachedCredentialsTest, DoesNotHammerASourceOfShortLivedOnes) {
    source_->script = {with_token("a", noon() + minutes(2))};
    EXPECT_EQ(token_at(noon()), "a");
    EXPECT_EQ(token_at(noon() + seconds(1)), "a");
    EXPECT_EQ(source_->fetches, 1U);
    token_at(noon() + seconds(31));
    EXPECT_EQ(source_->fetches, 2U);
}

TEST_F(CachedCredentialsTest, ForgetsThoseThatWereRefusedButNoNewerOnes) {
    const auto first = with_token("a", noon() + minutes(60));
    source_->script = {first, with_token("b", noon() + minutes(60))};
    token_at(noon());
    cache_->forget(first);
    EXPECT_EQ(source_->forgotten, 1U);
    EXPECT_EQ(token_at(noon()), "b");
    cache_->forget(first);
    EXPECT_EQ(token_at(noon()), "b");
    EXPECT_EQ(source_->fetches, 2U);
}

}  // namespace
}  // namespace dsdash::aws
