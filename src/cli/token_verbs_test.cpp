#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "cli/dashboard/token_place.hpp"
#include "cli/program.hpp"
#include "domain/json.hpp"
#include "embedded/testing/temporary_folder.hpp"
#include "embedded/tokens/token_file.hpp"
#include "services/testing/fake_aws_api.hpp"

namespace dsdash::cli {
namespace {

class TokenVerbs : public testing::Test {
  protected:
    int run(std::vector<const char*> words) {
        out_.str("");
        err_.str("");
        Session session{
            .console = {.out = out_, .err = err_},
            .environment =
                [this](const std::string& name) {
                    const auto found = variables_.find(name);
                    return found == variables_.end() ? std::nullopt : std::optional(found->second);
                },
            .connect_to_account =
                [this](const ClientOptions& options, const Environment&) {
                    profiles_.push_back(options.profile);
                    if (failure_) return Result<std::unique_ptr<AwsApi>>(std::unexpect, *failure_);
                    return Result<std::unique_ptr<AwsApi>>(std::make_unique<FakeAwsApi>());
                }};
        return run_program(words, session);
    }
    [[nodiscard]] std::string out() const { return out_.str(); }
    [[nodiscard]] std::string err() const { return err_.str(); }

    const embedded::TemporaryFolder temporary_;
    const std::string folder_ = temporary_.path().string();
    std::map<std::string, std::string> variables_{{"DSDASH_DATA", folder_}};
    std::vector<std::string> profiles_;  ///< that were asked which account they are of
    std::optional<Error> failure_;       ///< of asking

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

TEST_F(TokenVerbs, KeepThoseOfADashboardOverAwsInItsCache) {
    const auto home = temporary_.path() / "ada";
    variables_["HOME"] = home.string();
    ASSERT_EQ(run({"token", "create", "--name", "ann", "--role", "viewer", "--profile", "hub"}), 0)
        << err();
    EXPECT_EQ(profiles_, std::vector<std::string>{"hub"});
    const auto cache = home / ".cache" / "dsdash" / "222222222222-eu-west-1";
    EXPECT_EQ(embedded::TokenFile(cache).read()->size(), 1U);
    EXPECT_TRUE(embedded::TokenFile(folder_).read()->empty());

    ASSERT_EQ(run({"token", "list", "--cache", cache.c_str(), "--output", "csv"}), 0) << err();
    EXPECT_NE(out().find("ann,viewer,all,"), std::string::npos) << out();
    EXPECT_EQ(run({"token", "revoke", "ann", "--cache", cache.c_str()}), 0) << err();
    EXPECT_EQ(profiles_.size(), 1U) << "a cache needs no credentials";
    EXPECT_TRUE(embedded::TokenFile(cache).read()->empty());
}

TEST_F(TokenVerbs, SayWhatWorksWithoutCredentials) {
    failure_ = Error{ErrorKind::unreachable, "nobody listens", {}, "sts:GetCallerIdentity", {}};
    EXPECT_EQ(run({"token", "revoke", "ann", "--profile", "hub"}), 1);
    EXPECT_NE(err().find("with --cache"), std::string::npos) << err();
}

TEST_F(TokenVerbs, WantOnePlaceForTheTokens) {
    EXPECT_EQ(run({"token", "list", "--data", "d", "--profile", "hub"}), 2);
    EXPECT_EQ(run({"token", "list", "--data", "d", "--cache", "c"}), 2);
    EXPECT_EQ(run({"token", "list", "--profile", "hub", "--cache", "c"}), 2);
    EXPECT_TRUE(profiles_.empty());
    variables_.clear();
    EXPECT_EQ(run({"token", "list"}), 2);
    EXPECT_NE(err().find("give --profile NAME or --cache DIR for dsdash dashboard"),
              std::string::npos)
        << err();
}

TEST(TokenCreateCommand, NamesTheFolderAsAShellReadsIt) {
    EXPECT_EQ(token_create_command("--cache", "/var/my cache/./hub"),
              "dsdash token create --cache '/var/my cache/hub' --name NAME --role operator");
}

}  // namespace
}  // namespace dsdash::cli
