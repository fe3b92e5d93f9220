#include "mirror/mirror_file.hpp"

#include <gtest/gtest.h>

#include "embedded/testing/temporary_folder.hpp"
#include "services/testing/fake_services.hpp"

namespace dsdash::mirror {
namespace {

using std::filesystem::perms;

class MirrorFileTest : public testing::Test {
  protected:
    static MirrorSource source(std::string_view account) {
        return {AccountId::parse(account).value(), Region::parse("eu-west-1").value()};
    }
    auto open(std::string_view account = "111111111111") {
        return MirrorFile::open(folder_, source(account), clock_);
    }

    embedded::TemporaryFolder temporary_;
    std::filesystem::path folder_ = temporary_.path() / "dsdash" / "cache";
    FakeClock clock_;
};

TEST_F(MirrorFileTest, IsForItsOwnerOnly) {
    ASSERT_TRUE(open());
    EXPECT_EQ(std::filesystem::status(folder_).permissions(), perms::owner_all);
    EXPECT_EQ(std::filesystem::status(folder_ / "mirror.db").permissions(),
              perms::owner_read | perms::owner_write);
}

TEST_F(MirrorFileTest, IsNotKeptWhereEverybodyMayWriteIt) {
    std::filesystem::create_directories(folder_);
    std::filesystem::permissions(folder_, perms::all);
    const auto refused = open();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::denied);
    EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(MirrorFileTest, IsForOneProcessAtATime) {
    const auto first = open();
    ASSERT_TRUE(first);
    const auto second = open();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::conflict);
    EXPECT_NE(second.error().message.find("another dsdash dashboard"), std::string::npos);
}

TEST_F(MirrorFileTest, MirrorsOneAccountForGood) {
    ASSERT_TRUE(open());
    const auto other = open("222222222222");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().kind, ErrorKind::conflict);
    EXPECT_NE(other.error().message.find("cache of account 111111111111"), std::string::npos);
    EXPECT_TRUE(open());
}

TEST_F(MirrorFileTest, KeepsCheckpointsAndTheTimeOfTheLastPoll) {
    MirroredMetric metric{.name = "Jobs",
                          .oldest = clock_.now(),
                          .next_key = R"({"MetricName":{"S":"Jobs"}})",
                          .is_complete = true,
                          .reread = clock_.now(),
                          .reread_far = clock_.now() - std::chrono::hours(1)};
    {
        const auto file = open().value();
        EXPECT_FALSE(file->polled().value());
        ASSERT_TRUE(file->set_polled(clock_.now()));
        ASSERT_TRUE(file->metrics().put({.name = "Jobs", .reread = {}, .reread_far = {}}));
        ASSERT_TRUE(file->metrics().put(metric));
    }
    const auto file = open().value();
    EXPECT_EQ(file->polled().value(), clock_.now());
    const auto all = file->metrics().list().value();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].oldest, metric.oldest);
    EXPECT_EQ(all[0].next_key, metric.next_key);
    EXPECT_TRUE(all[0].is_complete);
    EXPECT_EQ(all[0].reread, metric.reread);
    EXPECT_EQ(all[0].reread_far, metric.reread_far);
}

}  // namespace
}  // namespace dsdash::mirror
