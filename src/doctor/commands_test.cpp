#include "doctor/commands.hpp"

#include <gtest/gtest.h>

namespace dsdash::doctor {
namespace {

const AccountId kSpoke = AccountId::parse("222222222222").value();
const Commands kEmbedded(Commands::Home::embedded, Commands::NamedBy::account, "hub",
                         "--data home");
const Commands kAws(Commands::Home::aws, Commands::NamedBy::profile, "my hub", "");

TEST(Commands, NameTheAccountThatTheyAreFor) {
    EXPECT_EQ(kEmbedded.refresh(), "dsdash refresh --wait --account hub --data home");
    EXPECT_EQ(kEmbedded.connect("EBPut"),
              R"(dsdash invoke ds-dashboard-connection --payload '{"action":"EBPut"}')"
              " --account hub --data home");
    EXPECT_EQ(kEmbedded.connect_at(kSpoke, "EBRule"),
              R"(dsdash invoke ds-dashboard-connection --payload '{"action":"EBRule"}')"
              " --account 222222222222 --data home");
    EXPECT_EQ(kEmbedded.doctor_at(kSpoke), "dsdash doctor --account 222222222222 --data home");
    EXPECT_EQ(kEmbedded.extract_at(kSpoke),
              "dsdash invoke ds-dashboard-metric-extraction --account 222222222222 --data home");
    EXPECT_EQ(kEmbedded.disconnect_from(kSpoke),
              "dsdash disconnect --from 222222222222 --account hub --data home");
}

TEST(Commands, LeaveTheAccountToTheEnvironmentThatNamesIt) {
    const Commands commands(Commands::Home::embedded, Commands::NamedBy::account, "", "");
    EXPECT_EQ(commands.refresh(), "dsdash refresh --wait");
}

TEST(Commands, DeployWithTheCdkOnAws) {
    EXPECT_EQ(kAws.deploy("hub", {}),
              "cdk deploy --app 'build/release/dsdash synth hub' --profile 'my hub'");
    EXPECT_EQ(kAws.doctor_at(kSpoke), "dsdash doctor --profile '<profile of 222222222222>'");
}

TEST(Commands, QuoteWhatAShellWouldTakeApart) {
    EXPECT_EQ(kEmbedded.deploy("spoke", {{"metrics", "A,B"}, {"project_name", "it's $1"}}),
              R"(dsdash deploy spoke -c metrics=A,B -c 'project_name=it'\''s $1')"
              " --account hub --data home");
    EXPECT_EQ(kEmbedded.put_parameter("/monitored_projects/a b/dev", "222222222222"),
              "dsdash put-parameter '/monitored_projects/a b/dev' 222222222222 --overwrite"
              " --account hub --data home");
    EXPECT_EQ(shell_word(""), "''");
    EXPECT_EQ(shell_word("a;rm -rf /"), "'a;rm -rf /'");
    EXPECT_EQ(shell_word("$(x)`y`\n"), "'$(x)`y`\n'");
}

TEST(Commands, ReplayFewByIdAndManyAtOnce) {
    EXPECT_EQ(kEmbedded.replay({"d-1", "d-2"}),
              "dsdash dead-letters replay d-1 d-2 --account hub --data home");
    EXPECT_EQ(kEmbedded.replay(std::vector<std::string>(11, "d-1")),
              "dsdash dead-letters replay --all --account hub --data home");
}

}  // namespace
}  // namespace dsdash::doctor
