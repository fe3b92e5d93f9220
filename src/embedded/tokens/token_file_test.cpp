#include "embedded/tokens/token_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <thread>

#include "embedded/storage/private_file.hpp"
#include "embedded/testing/temporary_folder.hpp"

namespace dsdash::embedded {
namespace {

class TokenFileTest : public testing::Test {
  protected:
    [[nodiscard]] std::string text() const { return read_file_if_there(file_.path()).value(); }
    [[nodiscard]] static DashboardToken token(std::string name, Role role = Role::viewer,
                                              Projects projects = {}) {
        return {std::move(name), role, std::move(projects),
                parse_iso8601("2026-11-23T12:00:00Z").value()};
    }

    TemporaryFolder temporary_;
    std::filesystem::path folder_ = temporary_.path();
    TokenFile file_{folder_};
};

TEST_F(TokenFileTest, KeepsWhatATokenMayAndNotTheTokenItself) {
    const auto secret =
        file_.create(token("grafana", Role::fleet_operator, Projects({"churn", "a \"b\""})))
            .value();
    EXPECT_TRUE(secret.starts_with("dsdash_"));
    EXPECT_EQ(secret.size(), 7U + 64U);
    EXPECT_EQ(text().find(secret), std::string::npos);
    EXPECT_EQ(text().find(secret.substr(7)), std::string::npos);
    const auto entries = file_.read().value();
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].token.name, "grafana");
    EXPECT_EQ(entries[0].token.role, Role::fleet_operator);
    EXPECT_EQ(entries[0].token.projects, Projects({"churn", "a \"b\""}));
    EXPECT_EQ(entries[0].token.created, token("").created);
    EXPECT_EQ(entries[0].digest, sha256(secret));
}

TEST_F(TokenFileTest, IsForItsOwnerOnly) {
    ASSERT_TRUE(file_.create(token("a")));
    struct stat status{};
    ASSERT_EQ(::stat(file_.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(TokenFileTest, IsNotBelievedWhereEverybodyMayWriteIt) {
    ASSERT_TRUE(file_.create(token("a")));
    for (const auto& place : {folder_, file_.path()}) {
        const auto before = std::filesystem::status(place).permissions();
        std::filesystem::permissions(place, std::filesystem::perms::others_write,
                                     std::filesystem::perm_options::add);
        const auto read = file_.read();
        ASSERT_FALSE(read) << place;
        EXPECT_EQ(read.error().kind, ErrorKind::denied);
        EXPECT_NE(read.error().message.find(place.string()), std::string::npos);
        EXPECT_FALSE(file_.create(token("b")));
        EXPECT_FALSE(file_.revoke("a"));
        std::filesystem::permissions(place, before);
        EXPECT_TRUE(file_.read());
    }
}

TEST_F(TokenFileTest, LeavesNothingWhereEverybodyMayWrite) {
    std::filesystem::permissions(folder_, std::filesystem::perms::all);
    EXPECT_FALSE(file_.create(token("a")));
    EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(TokenFileTest, RefusesASecondTokenOfAName) {
    ASSERT_TRUE(file_.create(token("a")));
    EXPECT_EQ(file_.create(token("a")).error().kind, ErrorKind::conflict);
    EXPECT_EQ(file_.read()->size(), 1U);
}

TEST_F(TokenFileTest, ForgetsARevokedToken) {
    EXPECT_EQ(file_.revoke("a").error().kind, ErrorKind::not_found);
    ASSERT_TRUE(file_.create(token("a")));
    ASSERT_TRUE(file_.create(token("b")));
    EXPECT_EQ(file_.revoke("c").error().kind, ErrorKind::not_found);
    ASSERT_TRUE(file_.revoke("a"));
    const auto left = file_.read().value();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].token.name, "b");
    EXPECT_TRUE(file_.create(token("a")));
}

TEST_F(TokenFileTest, RefusesBadNamesAndProjects) {
    for (const auto& bad :
         {token(""), token("a b"), token("a\n"), token("\xc3\xa9"), token(std::string(65, 'a')),
          token("p", Role::viewer, Projects({""})), token("p", Role::viewer, Projects({"\xff"})),
          token("p", Role::viewer, Projects({std::string(257, 'p')})),
          token("p", Role::viewer, Projects(std::in_place))}) {
        EXPECT_EQ(file_.create(bad).error().kind, ErrorKind::malformed_input) << bad.name;
    }
    EXPECT_FALSE(std::filesystem::exists(file_.path()));
}

TEST_F(TokenFileTest, LosesNoneThatAreMadeAtOnce) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] { EXPECT_TRUE(file_.create(token(std::to_string(i)))); });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(file_.read()->size(), 8U);
}

TEST_F(TokenFileTest, TakesNothingFromAFileThatItDoesNotUnderstand) {
    ASSERT_TRUE(file_.create(token("a", Role::viewer, Projects({"churn"}))));
    const auto good = text();
    for (std::size_t cut = 1; cut + 1 < good.size(); ++cut) {
        EXPECT_FALSE(read_token_entries(good.substr(0, cut))) << cut;
    }
    const auto with = [&](std::string_view from, std::string_view to) {
        auto changed = good;
        return changed.replace(changed.find(from), from.size(), to);
    };
    for (const auto& bad :
         {std::string("[]"), std::string("{}"), std::string(R"({"tokens":{}})"),
          std::string(R"({"tokens":[1]})"), with("viewer", "root"),
          with("\"sha256\":\"", "\"sha256\":\"0"), with(R"(["churn"])", R"("churn")"),
          with(R"(["churn"])", "[1]"), with("\"projects\"", "\"p\""),
          with("2026-11-23", "yesterday"), with("\"name\":\"a\"", "\"name\":1")}) {
        EXPECT_FALSE(read_token_entries(bad)) << bad;
    }
    EXPECT_TRUE(read_token_entries(good));
}

}  // namespace
}  // namespace dsdash::embedded
