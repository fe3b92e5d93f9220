#include "aws/endpoints.hpp"

#include <gtest/gtest.h>

#include "aws/testing/credentials_fixture.hpp"

namespace dsdash::aws {
namespace {

class Endpoints : public testing::Test {
  protected:
    ConfiguredEndpoints find() {
        const auto environment = environment_of(variables);
        const auto files = read_config_files(folder.write("credentials", ""),
                                             folder.write("config", config), environment);
        return find_endpoints(environment, files.value(), "dev");
    }

    TemporaryFolder folder;
    std::map<std::string, std::string> variables;
    std::string config =
        "[profile dev]\nendpoint_url=http://profile\nservices=local\n"
        "[services local]\neventbridge=\n  endpoint_url=http://section\n"
        "[services other]\nssm=\n  endpoint_url=http://no\n";
};

TEST_F(Endpoints, ComeFromTheProfileAndItsServices) {
    const auto found = find();
    EXPECT_EQ(found.all, "http://profile");
    EXPECT_EQ(found.services.size(), 1U);
    EXPECT_EQ(found.services.at("events"), "http://section");
}

TEST_F(Endpoints, OfTheEnvironmentComeFirst) {
    variables = {{"AWS_ENDPOINT_URL", "http://all"}, {"AWS_ENDPOINT_URL_SSM", "http://ssm"}};
    const auto found = find();
    EXPECT_EQ(found.all, "http://all");
    EXPECT_EQ(found.services.size(), 1U) << "AWS_ENDPOINT_URL counts before the services section";
    EXPECT_EQ(found.services.at("ssm"), "http://ssm");
    variables = {{"AWS_ENDPOINT_URL_EVENTBRIDGE", "http://mine"}};
    EXPECT_EQ(find().services.at("events"), "http://mine");
}

TEST_F(Endpoints, CanBeIgnored) {
    variables = {{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "True"},
                 {"AWS_ENDPOINT_URL_SSM", "http://ssm"}};
    EXPECT_TRUE(find().all.empty());
    EXPECT_TRUE(find().services.empty());
    variables.clear();
    config = "[profile dev]\nendpoint_url=http://profile\nignore_configured_endpoint_urls=true\n";
    EXPECT_TRUE(find().all.empty());
}

}  // namespace
}  // namespace dsdash::aws
