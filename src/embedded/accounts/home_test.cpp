#include "embedded/accounts/home.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <regex>
#include <sstream>
#include <thread>

#include "embedded/parameters/parameter_table.hpp"
#include "embedded/testing/temporary_folder.hpp"

namespace dsdash::embedded {
namespace {

class HomeTest : public testing::Test {
  protected:
    static Home::NewAccount new_account(std::string name, const char* id) {
        return {std::move(name), AccountId::parse(id).value(), Region::parse("eu-west-1").value(),
                "http://127.0.0.1:8080"};
    }
    Result<AccountIdentity> create(std::string name, const char* id) {
        return Home::create_account(directory_, new_account(std::move(name), id));
    }
    std::unique_ptr<Home> open() { return Home::open(directory_, clock_).value(); }
    static AccountId account_id(const char* id) { return AccountId::parse(id).value(); }
    std::filesystem::path file_of(const char* id) {
        return directory_ / "accounts" / (std::string(id) + ".db");
    }
    std::string credentials() {
        std::ostringstream text;
        text << std::ifstream(directory_ / "credentials").rdbuf();
        return text.str();
    }

    TemporaryFolder folder_;
    std::filesystem::path directory_ = folder_.path() / "deep" / "data";
    SystemClock clock_;
};

mode_t mode_of(const std::filesystem::path& path) {
    struct stat status{};
    EXPECT_EQ(0, ::stat(path.c_str(), &status)) << path;
    return status.st_mode & 0777;
}

TEST_F(HomeTest, KeepsItsFolderAndFilesPrivate) {
    ASSERT_TRUE(create("hub", "111111111111"));
    EXPECT_EQ(mode_of(directory_), 0700);
    EXPECT_EQ(mode_of(directory_ / "accounts"), 0700);
    EXPECT_EQ(mode_of(file_of("111111111111")), 0600);
    EXPECT_EQ(mode_of(directory_ / "credentials"), 0600);
    EXPECT_EQ(mode_of(directory_ / "config"), 0600);
}

TEST_F(HomeTest, GivesNewAccountsKeysLikeAws) {
    const auto hub = create("hub", "111111111111").value();
    const auto dev = create("dev", "222222222222").value();
    EXPECT_TRUE(std::regex_match(hub.access_key_id, std::regex("AKIA[A-Z2-7]{16}")));
    EXPECT_TRUE(std::regex_match(hub.secret_access_key, std::regex("[A-Za-z0-9+/]{40}")));
    EXPECT_NE(hub.access_key_id, dev.access_key_id);
    EXPECT_NE(hub.secret_access_key, dev.secret_access_key);
    EXPECT_NE(credentials().find(dev.secret_access_key), std::string::npos);
}

TEST_F(HomeTest, OpensTheAccountsOfTheFolder) {
    const auto created = create("hub", "111111111111").value();
    auto home = open();
    Account* account = home->find(account_id("111111111111"));
    ASSERT_NE(account, nullptr);
    EXPECT_EQ(account->identity().name, "hub");
    EXPECT_EQ(account->region().text(), "eu-west-1");
    EXPECT_EQ(account->identity().secret_access_key, created.secret_access_key);
    EXPECT_EQ(home->find_by_access_key(created.access_key_id), account);
    EXPECT_EQ(home->accounts(), std::vector<Account*>{account});
}

TEST_F(HomeTest, FindsAccountsThatAreCreatedLater) {
    auto home = open();
    EXPECT_TRUE(home->accounts().empty());
    EXPECT_EQ(home->find(account_id("222222222222")), nullptr);
    const auto dev = create("dev", "222222222222").value();
    EXPECT_NE(home->find(account_id("222222222222")), nullptr);
    const auto hub = create("hub", "111111111111").value();
    EXPECT_EQ(home->find_by_access_key(hub.access_key_id), home->find(hub.id));
    const auto accounts = home->accounts();
    ASSERT_EQ(accounts.size(), 2U);
    EXPECT_EQ(accounts[0]->id(), hub.id);
    EXPECT_EQ(accounts[1]->id(), dev.id);
}

TEST_F(HomeTest, KeepsWhatIsInAnAccount) {
    ASSERT_TRUE(create("hub", "111111111111"));
    const ParameterWrite write{.name = "p",
                               .value = "1",
                               .type = "String",
                               .description = {},
                               .allowed_pattern = {},
                               .tier = {},
                               .user = {}};
    ASSERT_TRUE(open()->find(account_id("111111111111"))->parameters().put(write));
    auto home = open();
    EXPECT_EQ(home->find(account_id("111111111111"))->parameters().find("p").value()->value, "1");
}

TEST_F(HomeTest, RefusesAnIdOrANameTwice) {
    const auto hub = create("hub", "111111111111").value();
    const auto before = credentials();
    EXPECT_EQ(create("other", "111111111111").error().kind, ErrorKind::conflict);
    EXPECT_EQ(create("hub", "222222222222").error().kind, ErrorKind::conflict);
    EXPECT_EQ(credentials(), before);
    EXPECT_FALSE(std::filesystem::exists(file_of("222222222222")));
}

TEST_F(HomeTest, RefusesBadNamesAndUrlsWithoutATrace) {
    for (const char* name : {"", "a b", "a]", "a\nb", "..", "a/b", "\xc3\xa4", "123456789012"}) {
        EXPECT_EQ(create(name, "111111111111").error().kind, ErrorKind::malformed_input) << name;
    }
    EXPECT_FALSE(create(std::string(65, 'a'), "111111111111"));
    auto account = new_account("hub", "111111111111");
    account.endpoint_url = "http://x\n[evil]";
    EXPECT_FALSE(Home::create_account(directory_, account));
    EXPECT_FALSE(std::filesystem::exists(file_of("111111111111")));
    EXPECT_TRUE(open()->accounts().empty());
    EXPECT_TRUE(create("hub", "111111111111"));
}

TEST_F(HomeTest, StartsAnewAfterACreationThatWasCutShort) {
    ASSERT_TRUE(create("hub", "111111111111"));
    std::ofstream(directory_ / "accounts" / "222222222222.unfinished") << "half a file";
    std::ofstream(directory_ / "credentials", std::ios::app) << "[dev]\naws_access_key_id = OLD\n";
    std::ofstream(directory_ / "credentials.new") << "half";
    EXPECT_EQ(open()->find(account_id("222222222222")), nullptr);
    const auto dev = create("dev", "222222222222").value();
    EXPECT_EQ(credentials().find("OLD"), std::string::npos);
    EXPECT_NE(open()->find_by_access_key(dev.access_key_id), nullptr);
}

TEST_F(HomeTest, LetsSeveralProcessesCreateAtOnce) {
    constexpr int kProcesses = 4;
    std::vector<pid_t> children;
    for (int child = 0; child < kProcesses; ++child) {
        const pid_t pid = ::fork();
        ASSERT_GE(pid, 0);
        if (pid == 0) {
            const std::string id = "11111111111" + std::to_string(child);
            const bool own = create("own-" + std::to_string(child), id.c_str()).has_value();
            const bool shared = create("shared", "999999999999").has_value();
            ::_exit(own ? (shared ? 1 : 0) : 2);
        }
        children.push_back(pid);
    }
    int winners = 0;
    for (const pid_t pid : children) {
        int status = 0;
        ASSERT_EQ(::waitpid(pid, &status, 0), pid);
        ASSERT_TRUE(WIFEXITED(status));
        EXPECT_NE(WEXITSTATUS(status), 2);
        winners += WEXITSTATUS(status);
    }
    EXPECT_EQ(winners, 1);
    auto home = open();
    EXPECT_EQ(home->accounts().size(), kProcesses + 1U);
    for (Account* account : home->accounts()) {
        EXPECT_NE(credentials().find(account->identity().access_key_id), std::string::npos);
    }
}

TEST_F(HomeTest, LetsOneServeTheFolder) {
    {
        auto first = open();
        auto second = open();
        ASSERT_TRUE(first->lock_for_serving());
        const auto refused = second->lock_for_serving();
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
        EXPECT_TRUE(create("hub", "111111111111"));
    }
    EXPECT_TRUE(open()->lock_for_serving());
}

TEST_F(HomeTest, NamesTheFileOfAnAccountThatCannotBeOpened) {
    ASSERT_TRUE(create("hub", "111111111111"));
    std::ofstream(file_of("222222222222")) << std::string(8'192, 'x');
    const auto opened = Home::open(directory_, clock_);
    ASSERT_FALSE(opened);
    EXPECT_TRUE(opened.error().message.starts_with(file_of("222222222222").string()));
}

TEST_F(HomeTest, ServesTheOthersWhenANewAccountCannotBeOpened) {
    auto home = open();
    std::ofstream(file_of("111111111111")) << std::string(8'192, 'x');
    std::ofstream(file_of("222222222222")) << "";
    EXPECT_EQ(home->find(account_id("111111111111")), nullptr);
    std::filesystem::remove(file_of("111111111111"));
    std::filesystem::remove(file_of("222222222222"));
    const auto dev = create("dev", "333333333333").value();
    EXPECT_NE(home->find_by_access_key(dev.access_key_id), nullptr);
}

TEST_F(HomeTest, RefusesACopyOfAnotherAccountsFile) {
    ASSERT_TRUE(create("hub", "111111111111"));
    std::filesystem::copy_file(file_of("111111111111"), file_of("222222222222"));
    EXPECT_FALSE(Home::open(directory_, clock_));
}

TEST_F(HomeTest, OverlooksFilesThatAreNoAccounts) {
    ASSERT_TRUE(create("hub", "111111111111"));
    for (const char* name : {"1.db", "222222222222.db.bak", "notes.txt", "22222222222x.db"}) {
        std::ofstream(directory_ / "accounts" / name) << "x";
    }
    EXPECT_EQ(open()->accounts().size(), 1U);
}

TEST_F(HomeTest, ReportsAFolderThatIsAFile) {
    std::ofstream(folder_.path() / "file") << "x";
    EXPECT_FALSE(Home::open(folder_.path() / "file", clock_));
    EXPECT_FALSE(Home::open(folder_.path() / "file" / "data", clock_));
}

TEST_F(HomeTest, IsSearchedByManyThreadsWhileAccountsCome) {
    auto home = open();
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&] {
            while (home->find(account_id("111111111113")) == nullptr) {
                EXPECT_EQ(home->find_by_access_key("AKIAUNKNOWN"), nullptr);
            }
        });
    }
    for (const char* id : {"111111111111", "111111111112", "111111111113"}) {
        EXPECT_TRUE(create(std::string("a-") + id, id));
    }
    for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace dsdash::embedded
