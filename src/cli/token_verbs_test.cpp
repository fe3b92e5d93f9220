#include <gtest/gtest.h>

#include <sstream>

#include "cli/program.hpp"
#include "domain/json.hpp"
#include "embedded/testing/temporary_folder.hpp"
#include "embedded/tokens/token_file.hpp"

namespace dsdash::cli {
namespace {

class TokenVerbs : public testing::Test {
  protected:
    int run(std::vector<const char*> words) {
        out_.str("");
        err_.str("");
        Session session{.console = {.out = out_, .err = err_},
                        .environment = [this](const std::string& name) {
                            return name == "DSDASH_DATA" ? std::optional(folder_) : std::nullopt;
                        }};
        return run_program(words, session);
    }
    [[nodiscard]] std::string out() const { return out_.str(); }
    [[nodiscard]] std::string err() const { return err_.str(); }

    const embedded::TemporaryFolder temporary_;
    const std::string folder_ = temporary_.path().string();

  private:
    std::ostringstream out_;
    std::ostringstream err_;
};

TEST_F(TokenVerbs, ShowATokenOnceOnly) {
    ASSERT_EQ(run({"token", "create", "--name", "ann", "--role", "viewer", "--project", "churn",
                   "--project", "fraud", "--output", "json"}),
              0)
        << err();
    const auto created = parse_json(out()).value();
    const std::string token(created.as_array()[0].as_object().at("Token").as_string());
    const auto entries = embedded::TokenFile(folder_).read().value();
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].digest, sha256(token));
    EXPECT_EQ(entries[0].token.projects, Projects({"churn", "fraud"}));

    ASSERT_EQ(run({"token", "create", "--name", "bob", "--role", "operator"}), 0);
    ASSERT_EQ(run({"token", "list", "--output", "csv"}), 0);
    EXPECT_NE(out().find("ann,viewer,\"churn, fraud\","), std::string::npos) << out();
    EXPECT_NE(out().find("bob,operator,all,"), std::string::npos) << out();
    EXPECT_EQ(out().find("dsdash_"), std::string::npos);
}

TEST_F(TokenVerbs, TakeATokenBack) {
    ASSERT_EQ(run({"token", "create", "--name", "ann", "--role", "viewer"}), 0);
    EXPECT_EQ(run({"token", "create", "--name", "ann", "--role", "operator"}), 1);
    EXPECT_EQ(err(), "dsdash: there is a token ann already\n");
    EXPECT_EQ(run({"token", "revoke", "ann"}), 0);
    EXPECT_EQ(run({"token", "revoke", "ann"}), 1);
    EXPECT_EQ(err(), "dsdash: there is no token of that name\n");
}

TEST_F(TokenVerbs, WantANameAndARole) {
    EXPECT_EQ(run({"token", "create", "--name", "ann"}), 2);
    EXPECT_EQ(run({"token", "create", "--role", "viewer"}), 2);
    EXPECT_EQ(run({"token", "create", "--name", "ann", "--role", "admin"}), 2);
    EXPECT_EQ(run({"token", "create", "--name", "a b", "--role", "viewer"}), 2) << err();
    EXPECT_FALSE(std::filesystem::exists(folder_ + "/dashboard-tokens.json"));
}

}  // namespace
}  // namespace dsdash::cli
