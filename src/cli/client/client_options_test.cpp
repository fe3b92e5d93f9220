#include "cli/client/client_options.hpp"

#include <gtest/gtest.h>

#include <map>

#include "embedded/accounts/home.hpp"
#include "embedded/testing/temporary_folder.hpp"

namespace dsdash::cli {
namespace {

Environment environment_of(std::map<std::string, std::string> variables) {
    return [variables = std::move(variables)](const std::string& name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
}

class ClientChoice : public testing::Test {
  protected:
    ClientChoice() {
        for (const auto& [name, id] : {std::pair{"hub", "111111111111"}, {"dev", "222222222222"}}) {
            EXPECT_TRUE(embedded::Home::create_account(
                folder_.path(), {name, AccountId::parse(id).value(),
                                 Region::parse("eu-west-1").value(), "http://127.0.0.1:8080"}));
        }
    }

    std::string account_of(const ClientOptions& options, const Environment& environment) {
        const auto config = choose_client(options, environment);
        return config ? config->account->text() : config.error().message;
    }
    std::string endpoint_of(const ClientOptions& options, const Environment& environment) {
        const auto config = choose_client(options, environment);
        return config ? config->origin_of("ssm") : config.error().message;
    }

    embedded::TemporaryFolder folder_;
    std::string data_ = folder_.path().string();
};

TEST_F(ClientChoice, AccountIsFoundByNameAndById) {
    const auto nothing = environment_of({});
    EXPECT_EQ(account_of({.account = "dev", .data = data_}, nothing), "222222222222");
    EXPECT_EQ(account_of({.account = "111111111111", .data = data_}, nothing), "111111111111");
}

TEST_F(ClientChoice, EnvironmentNamesFolderAndAccount) {
    const auto environment = environment_of({{"DSDASH_DATA", data_}, {"DSDASH_ACCOUNT", "hub"}});
    EXPECT_EQ(account_of({}, environment), "111111111111");
    EXPECT_EQ(account_of({.account = "dev"}, environment), "222222222222");
}

TEST_F(ClientChoice, EndpointOfOneServiceGoesBeforeThatOfAll) {
    const auto environment =
        environment_of({{"AWS_SHARED_CREDENTIALS_FILE", data_ + "/credentials"},
                        {"AWS_CONFIG_FILE", data_ + "/config"},
                        {"AWS_ENDPOINT_URL", "http://127.0.0.1:9002"},
                        {"AWS_ENDPOINT_URL_SSM", "http://127.0.0.1:9003"}});
    EXPECT_EQ(endpoint_of({.profile = "hub"}, environment), "http://127.0.0.1:9003");
    EXPECT_EQ(choose_client({.profile = "hub"}, environment)->origin_of("events"),
              "http://127.0.0.1:9002");
}

TEST_F(ClientChoice, EndpointComesFromTheNearestPlace) {
    const ClientOptions options{.account = "hub", .data = data_};
    EXPECT_EQ(endpoint_of(options, environment_of({})), "http://127.0.0.1:8080");
    const auto environment = environment_of({{"DSDASH_ENDPOINT_URL", "http://127.0.0.1:9000"}});
    EXPECT_EQ(endpoint_of(options, environment), "http://127.0.0.1:9000");
    EXPECT_EQ(endpoint_of(options, environment_of({{"AWS_ENDPOINT_URL", "http://127.0.0.1:9002"}})),
              "http://127.0.0.1:9002");
    auto nearest = options;
    nearest.endpoint_url = "http://127.0.0.1:9001";
    EXPECT_EQ(endpoint_of(nearest, environment), "http://127.0.0.1:9001");
}

TEST_F(ClientChoice, ProfileIsTakenFromAwsFilesEvenWhenAnAccountIsInTheEnvironment) {
    const auto environment =
        environment_of({{"DSDASH_DATA", data_},
                        {"DSDASH_ACCOUNT", "hub"},
                        {"AWS_SHARED_CREDENTIALS_FILE", data_ + "/credentials"},
                        {"AWS_CONFIG_FILE", data_ + "/config"}});
    EXPECT_EQ(account_of({.profile = "dev"}, environment), "222222222222");
}

TEST_F(ClientChoice, AwsKeysInTheEnvironmentAreHonoured) {
    const auto config = choose_client({}, environment_of({{"AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"},
                                                          {"AWS_SECRET_ACCESS_KEY", "secret"},
                                                          {"AWS_REGION", "eu-west-1"}}));
    ASSERT_TRUE(config);
    const auto soon = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    EXPECT_EQ(config->credentials->fetch({}, soon)->access_key_id, "AKIAEXAMPLE");
}

TEST_F(ClientChoice, UnknownAccountIsAnErrorThatSaysWhatToDo) {
    const auto config = choose_client({.account = "nobody", .data = data_}, environment_of({}));
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().kind, ErrorKind::not_found);
    EXPECT_EQ(config.error().message, "there is no account nobody in " + data_ + "/credentials");
    EXPECT_FALSE(config.error().hint.empty());
}

TEST_F(ClientChoice, FolderThatIsGivenHoldsTheProfile) {
    EXPECT_EQ(account_of({.profile = "dev", .data = data_}, environment_of({})), "222222222222");
}

TEST_F(ClientChoice, FolderWithoutAccountIsAnErrorWhateverAwsFilesSay) {
    const auto config =
        choose_client({.data = data_}, environment_of({{"AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"},
                                                       {"AWS_SECRET_ACCESS_KEY", "secret"},
                                                       {"AWS_REGION", "eu-west-1"}}));
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().kind, ErrorKind::malformed_input);
}

TEST_F(ClientChoice, FolderThatIsNotThereIsNamed) {
    const auto config = choose_client({.account = "hub", .data = data_ + "/x"}, environment_of({}));
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().message,
              "cannot read " + data_ + "/x/credentials: No such file or directory");
}

TEST_F(ClientChoice, AccountWithoutFolderIsAnError) {
    const auto config = choose_client({.account = "hub"}, environment_of({}));
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().hint, "give --data DIR, or set DSDASH_DATA");
}

}  // namespace
}  // namespace dsdash::cli
