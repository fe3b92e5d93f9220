#include "aws/credentials/command_output.hpp"

#include <gtest/gtest.h>

#include "aws/credentials/process_credentials.hpp"
#include "aws/testing/credentials_fixture.hpp"

namespace dsdash::aws {
namespace {

using Words = std::vector<std::string>;

TEST(SplitCommand, KnowsQuotesAndBackslashes) {
    EXPECT_EQ(split_command("a b\tc "), (Words{"a", "b", "c"}));
    EXPECT_EQ(split_command(R"("/opt/my tool/x" --name 'a "b"' c\ d)"),
              (Words{"/opt/my tool/x", "--name", "a \"b\"", "c d"}));
    EXPECT_EQ(split_command(R"(a "" "b\"c\d")"), (Words{"a", "", R"(b"c\d)"}));
    EXPECT_EQ(split_command("a$B `c`"), (Words{"a$B", "`c`"}));
}

TEST(SplitCommand, RefusesWhatIsNoCommand) {
    for (const auto* line : {"", "  ", "a 'b", "a \"b"}) {
        EXPECT_FALSE(split_command(line)) << line;
    }
}

TEST(RunCommand, GivesTheOutput) {
    EXPECT_EQ(run_command({"printf", "%s-%s", "a b", "c"}, soon()), "a b-c");
}

TEST(RunCommand, SaysWhyThereIsNone) {
    const auto missing = run_command({"/nonexistent/tool"}, soon());
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
    const auto failed = run_command({"sh", "-c", "echo secret; exit 3"}, soon());
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().message, "sh failed: exit code 3");
    EXPECT_FALSE(run_command({"head", "-c", "100000", "/dev/zero"}, soon()));
}

TEST(RunCommand, EndsOneThatDoesNotEnd) {
    for (const auto* script : {"exec sleep 60", "exec >&-; exec sleep 60"}) {
        const auto begun = std::chrono::steady_clock::now();
        const auto output =
            run_command({"sh", "-c", script}, begun + std::chrono::milliseconds(50));
        ASSERT_FALSE(output) << script;
        EXPECT_EQ(output.error().kind, ErrorKind::timed_out);
        EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(30));
    }
}

TEST(ProcessCredentials, ReadsWhatTheProcessPrints) {
    const TemporaryFolder folder;
    const auto file = folder.write(
        "document", R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"S","SessionToken":"T",)"
                    R"("Expiration":"2026-11-23T13:00:00Z"})");
    auto process = ProcessCredentials::parse("cat '" + file + "'");
    ASSERT_TRUE(process);
    const auto credentials = process->fetch(noon(), soon());
    ASSERT_TRUE(credentials) << credentials.error().message;
    EXPECT_EQ(credentials->access_key_id, "A");
    EXPECT_EQ(credentials->secret_access_key.text(), "S");
    EXPECT_EQ(credentials->session_token, "T");
    EXPECT_EQ(credentials->expiration, noon() + std::chrono::hours(1));
}

TEST(ProcessCredentials, NamesTheProcessThatFailed) {
    const auto credentials = ProcessCredentials::parse("false")->fetch(noon(), soon());
    ASSERT_FALSE(credentials);
    EXPECT_EQ(credentials.error().message, "credential_process false: false failed: exit code 1");
    EXPECT_FALSE(ProcessCredentials::parse("'"));
}

}  // namespace
}  // namespace dsdash::aws
