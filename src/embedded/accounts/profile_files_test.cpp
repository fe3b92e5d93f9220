#include "embedded/accounts/profile_files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "embedded/testing/temporary_folder.hpp"

namespace dsdash::embedded {
namespace {

constexpr const char* kUrl = "http://127.0.0.1:8080";

class ProfileFiles : public testing::Test {
  protected:
    static AccountIdentity identity(const char* name, const char* key = "AKIAAAAAAAAAAAAAAAAA") {
        return {AccountId::parse("111111111111").value(), name, Region::parse("eu-west-1").value(),
                key, "secret/+"};
    }
    std::string text_of(const char* file) {
        std::ostringstream text;
        text << std::ifstream(folder_.path() / file).rdbuf();
        return text.str();
    }
    void write(const char* file, const std::string& text) {
        std::ofstream(folder_.path() / file) << text;
    }

    TemporaryFolder folder_;
};

TEST_F(ProfileFiles, AreInAwsFormat) {
    ASSERT_TRUE(write_profile(folder_.path(), identity("hub"), kUrl));
    EXPECT_EQ(text_of("credentials"),
              "[hub]\n"
              "aws_access_key_id = AKIAAAAAAAAAAAAAAAAA\n"
              "aws_secret_access_key = secret/+\n"
              "aws_account_id = 111111111111\n");
    EXPECT_EQ(text_of("config"),
              "[profile hub]\n"
              "region = eu-west-1\n"
              "endpoint_url = http://127.0.0.1:8080\n"
              "cli_binary_format = raw-in-base64-out\n");
}

TEST_F(ProfileFiles, ArePrivate) {
    write("credentials", "");  // with the umask's mode
    ASSERT_TRUE(write_profile(folder_.path(), identity("hub"), kUrl));
    for (const char* file : {"credentials", "config"}) {
        struct stat status{};
        ASSERT_EQ(0, ::stat((folder_.path() / file).c_str(), &status));
        EXPECT_EQ(status.st_mode & 0777, 0600) << file;
    }
}

TEST_F(ProfileFiles, CallTheDefaultProfileByItsNameAlone) {
    ASSERT_TRUE(write_profile(folder_.path(), identity("default"), kUrl));
    EXPECT_TRUE(text_of("config").starts_with("[default]\n"));
}

TEST_F(ProfileFiles, KeepWhatElseStandsThere) {
    write("credentials", "# mine\n[other]\naws_access_key_id = X");
    ASSERT_TRUE(write_profile(folder_.path(), identity("hub"), kUrl));
    EXPECT_TRUE(
        text_of("credentials").starts_with("# mine\n[other]\naws_access_key_id = X\n[hub]\n"));
}

TEST_F(ProfileFiles, ReplaceAProfileOfThatName) {
    ASSERT_TRUE(write_profile(folder_.path(), identity("hub"), kUrl));
    ASSERT_TRUE(write_profile(folder_.path(), identity("hub-2"), kUrl));
    const auto before = text_of("credentials");
    ASSERT_TRUE(write_profile(folder_.path(), identity("hub", "AKIABBBBBBBBBBBBBBBB"), kUrl));
    const auto after = text_of("credentials");
    EXPECT_EQ(after.size(), before.size());
    EXPECT_EQ(after.find("[hub]"), after.rfind("[hub]"));
    EXPECT_NE(after.find("AKIABBBBBBBBBBBBBBBB"), std::string::npos);
    EXPECT_NE(after.find("[hub-2]"), std::string::npos);
}

TEST_F(ProfileFiles, ReplaceASectionWithoutAnEnd) {
    write("config", "[profile hub]  \r\nregion = x\r\n\r\n[profile a]\n[profile hub]");
    ASSERT_TRUE(write_profile(folder_.path(), identity("hub"), kUrl));
    EXPECT_TRUE(text_of("config").starts_with("[profile a]\n[profile hub]\nregion = eu-west-1\n"));
}

TEST_F(ProfileFiles, RefuseUrlsThatWouldAddSettings) {
    for (const char* url : {"", "127.0.0.1:8080", "ftp://x", "http://x\naws_access_key_id = evil",
                            "http://x y", "http://\x7f", "http://\xc3\xa4"}) {
        EXPECT_FALSE(write_profile(folder_.path(), identity("hub"), url)) << url;
    }
    EXPECT_EQ(text_of("credentials"), "");
}

TEST_F(ProfileFiles, ReportAFolderThatIsNotThere) {
    const auto written = write_profile(folder_.path() / "none", identity("hub"), kUrl);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::unreachable);
}

}  // namespace
}  // namespace dsdash::embedded
