#include "embedded/tokens/token_watch.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "embedded/storage/private_file.hpp"
#include "embedded/testing/temporary_folder.hpp"

namespace dsdash::embedded {
namespace {

class TokenWatchTest : public testing::Test {
  protected:
    std::string create(std::string name) {
        return file_.create({std::move(name), Role::viewer, {}, {}}).value();
    }
    /// The name of the token that `secret` proves.
    std::string name_of(std::string_view secret) {
        const auto found = watch_.find(sha256(secret));
        if (!found) return "error";
        return *found ? (*found)->name : "nobody";
    }
    /// As if that had been long ago: its stamp then tells every later change.
    void age() {
        using namespace std::chrono_literals;
        std::filesystem::last_write_time(file_.path(),
                                         std::filesystem::file_time_type::clock::now() - 1h);
    }

    TemporaryFolder temporary_;
    std::filesystem::path folder_ = temporary_.path();
    TokenFile file_{folder_};
    TokenWatch watch_{file_};
};

TEST_F(TokenWatchTest, KnowsNobodyBeforeThereAreTokens) {
    EXPECT_EQ(name_of("dsdash_0"), "nobody");
    EXPECT_EQ(watch_.count(), 0U);
    const auto secret = create("a");
    EXPECT_EQ(name_of(secret), "a");
    EXPECT_EQ(watch_.count(), 1U);
}

TEST_F(TokenWatchTest, NoticesWhatOthersCreateAndRevoke) {
    const auto first = create("first");
    EXPECT_EQ(name_of(first), "first");
    const auto second = create("second");
    EXPECT_EQ(name_of(second), "second");
    ASSERT_TRUE(file_.revoke("first"));
    EXPECT_EQ(name_of(first), "nobody");
    EXPECT_EQ(name_of(second), "second");
    age();
    EXPECT_EQ(name_of(second), "second");
    ASSERT_TRUE(file_.revoke("second"));
    EXPECT_EQ(name_of(second), "nobody");
}

TEST_F(TokenWatchTest, KnowsATokenOfTheSameNameFromTheOneBefore) {
    const auto before = create("a");
    ASSERT_TRUE(file_.revoke("a"));
    const auto after = create("a");
    EXPECT_EQ(name_of(before), "nobody");
    EXPECT_EQ(name_of(after), "a");
}

TEST_F(TokenWatchTest, NoticesAChangeThatKeepsSizeAndStamp) {
    const auto secret = create("ann");
    age();
    EXPECT_EQ(name_of(secret), "ann");
    const auto stamp = std::filesystem::last_write_time(file_.path());
    auto text = read_file_if_there(file_.path()).value();
    text.replace(text.find("ann"), 3, "bob");
    std::ofstream(file_.path()) << text;
    std::filesystem::last_write_time(file_.path(), stamp);
    EXPECT_EQ(name_of(secret), "bob");
}

TEST_F(TokenWatchTest, LetsNobodyInWhileTheFileIsBroken) {
    const auto secret = create("a");
    EXPECT_EQ(name_of(secret), "a");
    const auto good = read_file_if_there(file_.path()).value();
    ASSERT_TRUE(write_private_file(file_.path(), "{"));
    EXPECT_EQ(name_of(secret), "error");
    EXPECT_EQ(name_of(secret), "error");
    ASSERT_TRUE(write_private_file(file_.path(), good));
    EXPECT_EQ(name_of(secret), "a");
    std::filesystem::remove(file_.path());
    EXPECT_EQ(name_of(secret), "nobody");
}

}  // namespace
}  // namespace dsdash::embedded
