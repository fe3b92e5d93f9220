#include "aws/client_config.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>

#include "services/clock.hpp"

namespace dsdash::aws {
namespace {

class ClientConfigTest : public testing::Test {
  public:
    ~ClientConfigTest() override { std::filesystem::remove_all(home_); }

  protected:
    ClientConfigTest() {
        std::string pattern = (std::filesystem::temp_directory_path() / "dsdash-XXXXXX").string();
        home_ = ::mkdtemp(pattern.data());
        std::filesystem::create_directory(home_ / ".aws");
        variables_["HOME"] = home_.string();
        write(home_ / ".aws/credentials",
              "[default]\naws_access_key_id=DEFAULT\naws_secret_access_key=s0\n"
              "[hub]\naws_access_key_id=HUB\naws_secret_access_key=s1\n"
              "aws_account_id=111111111111\n");
        write(home_ / ".aws/config",
              "[default]\nregion=eu-central-1\n"
              "[profile hub]\nregion=eu-west-1\nendpoint_url=http://127.0.0.1:8080\n"
              "[profile keyless]\nregion=eu-west-1\n");
    }

    static void write(const std::filesystem::path& file, std::string_view text) {
        std::ofstream(file) << text;
    }
    Result<ClientConfig> load(const ConfigRequest& request = {}) {
        return load_client_config(request, [this](const std::string& name) {
            const auto found = variables_.find(name);
            return found == variables_.end() ? std::nullopt : std::optional(found->second);
        });
    }

    static Credentials keys_of(const Result<ClientConfig>& config) {
        const auto soon = std::chrono::steady_clock::now() + std::chrono::seconds(1);
        return config->credentials->fetch(SystemClock().now(), soon).value();
    }

    std::filesystem::path home_;
    std::map<std::string, std::string> variables_;
};

TEST_F(ClientConfigTest, TakesTheDefaultProfile) {
    const auto config = load();
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(keys_of(config).access_key_id, "DEFAULT");
    EXPECT_EQ(keys_of(config).secret_access_key.text(), "s0");
    EXPECT_EQ(config->region.text(), "eu-central-1");
    EXPECT_EQ(config->account, std::nullopt);
    EXPECT_EQ(config->origin_of("ssm"), "https://ssm.eu-central-1.amazonaws.com");
    EXPECT_EQ(config->origin_of("sagemaker"), "https://api.sagemaker.eu-central-1.amazonaws.com");
    EXPECT_EQ(config->origin_of("s3"), "");
}

TEST_F(ClientConfigTest, TakesTheProfileThatIsAskedFor) {
    for (const bool by_variable : {false, true}) {
        if (by_variable) variables_["AWS_PROFILE"] = "hub";
        const auto config = load({.profile = by_variable ? "" : "hub"});
        ASSERT_TRUE(config) << config.error().message;
        EXPECT_EQ(keys_of(config).access_key_id, "HUB");
        EXPECT_EQ(config->region.text(), "eu-west-1");
        EXPECT_EQ(config->account->text(), "111111111111");
        EXPECT_EQ(config->origin_of("ssm"), "http://127.0.0.1:8080");
    }
}

TEST_F(ClientConfigTest, PrefersKeysOfTheEnvironmentUnlessAProfileIsAskedFor) {
    variables_["AWS_ACCESS_KEY_ID"] = "ENV";
    variables_["AWS_SECRET_ACCESS_KEY"] = "s2";
    variables_["AWS_SESSION_TOKEN"] = "t";
    const auto config = load();
    ASSERT_TRUE(config);
    EXPECT_EQ(keys_of(config).access_key_id, "ENV");
    EXPECT_EQ(keys_of(config).session_token, "t");
    const auto hub = load({.profile = "hub"});
    ASSERT_TRUE(hub);
    EXPECT_EQ(keys_of(hub).access_key_id, "HUB");
    EXPECT_EQ(keys_of(hub).session_token, "");
}

TEST_F(ClientConfigTest, BelievesAProfilesAccountOnlyWithTheProfilesKeys) {
    variables_["AWS_PROFILE"] = "hub";
    variables_["AWS_ACCESS_KEY_ID"] = "ENV";
    variables_["AWS_SECRET_ACCESS_KEY"] = "s2";
    const auto config = load();
    ASSERT_TRUE(config);
    EXPECT_EQ(config->account, std::nullopt);
}

TEST_F(ClientConfigTest, RanksTheSourcesOfARegion) {
    variables_["AWS_DEFAULT_REGION"] = "us-east-1";
    EXPECT_EQ(load()->region.text(), "us-east-1");
    variables_["AWS_REGION"] = "us-east-2";
    EXPECT_EQ(load()->region.text(), "us-east-2");
    EXPECT_EQ(load({.region = "us-west-1"})->region.text(), "us-west-1");
}

TEST_F(ClientConfigTest, RanksTheSourcesOfAnEndpoint) {
    variables_["AWS_ENDPOINT_URL"] = "http://all";
    variables_["AWS_ENDPOINT_URL_EVENTBRIDGE"] = "http://events";
    const auto config = load({.profile = "hub"});
    ASSERT_TRUE(config);
    EXPECT_EQ(config->origin_of("ssm"), "http://all");
    EXPECT_EQ(config->origin_of("events"), "http://events");
    const auto explicitly = load({.profile = "hub", .endpoint_url = "http://given"});
    ASSERT_TRUE(explicitly);
    EXPECT_EQ(explicitly->origin_of("events"), "http://given");
    variables_["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true";
    EXPECT_EQ(load({.profile = "hub"})->origin_of("events"),
              "https://events.eu-west-1.amazonaws.com");
}

TEST_F(ClientConfigTest, LetsGivenFilesSayItAll) {
    write(home_ / "credentials", "[spoke]\naws_access_key_id=SPOKE\naws_secret_access_key=s3\n");
    write(home_ / "config", "[profile spoke]\nregion=eu-west-2\nendpoint_url=http://[::1]:1\n");
    variables_["AWS_PROFILE"] = "hub";
    variables_["AWS_REGION"] = "us-east-1";
    variables_["AWS_ACCESS_KEY_ID"] = "ENV";
    variables_["AWS_SECRET_ACCESS_KEY"] = "s2";
    variables_["AWS_ENDPOINT_URL"] = "http://elsewhere";
    variables_["AWS_ENDPOINT_URL_SSM"] = "http://elsewhere";
    variables_["HTTPS_PROXY"] = "http://proxy:1";
    variables_["AWS_CA_BUNDLE"] = "/machine.pem";
    const auto config = load({.profile = "spoke",
                              .credentials_file = home_ / "credentials",
                              .config_file = home_ / "config"});
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(keys_of(config).access_key_id, "SPOKE");
    EXPECT_EQ(config->region.text(), "eu-west-2");
    EXPECT_EQ(config->origin_of("ssm"), "http://[::1]:1");
    EXPECT_EQ(config->transport.proxies.for_https, "");
    EXPECT_EQ(config->transport.ca_file, "/machine.pem") << "of the machine, not of the account";
}

TEST_F(ClientConfigTest, HonoursTheVariablesThatNameTheFiles) {
    write(home_ / "c1", "[default]\naws_access_key_id=MOVED\naws_secret_access_key=s4\n");
    write(home_ / "c2", "[default]\nregion=eu-north-1\n");
    variables_["AWS_SHARED_CREDENTIALS_FILE"] = (home_ / "c1").string();
    variables_["AWS_CONFIG_FILE"] = (home_ / "c2").string();
    const auto config = load();
    ASSERT_TRUE(config);
    EXPECT_EQ(keys_of(config).access_key_id, "MOVED");
    EXPECT_EQ(config->region.text(), "eu-north-1");
}

TEST_F(ClientConfigTest, TakesCertificatesAndProxiesAsOtherClientsDo) {
    write(home_ / ".aws/config", "[default]\nregion=eu-central-1\nca_bundle=/profile.pem\n");
    variables_["SSL_CERT_FILE"] = "/openssl.pem";
    EXPECT_EQ(load()->transport.ca_file, "/profile.pem");
    variables_["AWS_CA_BUNDLE"] = "/aws.pem";
    variables_["HTTPS_PROXY"] = "http://proxy:1";
    variables_["https_proxy"] = "http://not-this";
    variables_["no_proxy"] = "example.com";
    const auto config = load();
    EXPECT_EQ(config->transport.ca_file, "/aws.pem");
    EXPECT_EQ(config->transport.proxies.for_https, "http://proxy:1");
    EXPECT_EQ(config->transport.proxies.for_http, "");
    EXPECT_EQ(config->transport.proxies.except, "example.com");
}

TEST_F(ClientConfigTest, TakesTheAccountOfTheEnvironmentWithItsKeys) {
    variables_["AWS_ACCOUNT_ID"] = "333333333333";
    EXPECT_EQ(load()->account, std::nullopt) << "the keys are the profile's";
    variables_["AWS_ACCESS_KEY_ID"] = "ENV";
    variables_["AWS_SECRET_ACCESS_KEY"] = "s2";
    EXPECT_EQ(load()->account->text(), "333333333333");
}

TEST_F(ClientConfigTest, KnowsThePartitionOfAHost) {
    EXPECT_EQ(load({.region = "cn-north-1"})->origin_of("sts"),
              "https://sts.cn-north-1.amazonaws.com.cn");
}

TEST_F(ClientConfigTest, SaysWhatIsMissingAndWhereItLooked) {
    const auto unknown = load({.profile = "nobody"});
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().kind, ErrorKind::not_found);
    EXPECT_NE(unknown.error().message.find("nobody"), std::string::npos);
    EXPECT_NE(unknown.error().message.find((home_ / ".aws/credentials").string()),
              std::string::npos);
    EXPECT_EQ(load({.profile = "keyless"}).error().kind, ErrorKind::not_found);
    write(home_ / ".aws/config", "");
    EXPECT_EQ(load().error().kind, ErrorKind::not_found) << "no region";
    EXPECT_EQ(load({.region = "EU WEST"}).error().kind, ErrorKind::malformed_input);
    write(home_ / ".aws/config", "garbage");
    EXPECT_EQ(load().error().kind, ErrorKind::malformed_input);
}

}  // namespace
}  // namespace dsdash::aws
