#include "aws/endpoints.hpp"

#include <gtest/gtest.h>

#include "aws/testing/credentials_fixture.hpp"

namespace dsdash::aws {
namespace {

class Endpoints : public testing::Test {
  protected:
    ConfiguredEndpoints find() {
        const auto environment = environment_of(variables_);
        const auto files = read_config_files(folder_.write("credentials", ""),
                                             folder_.write("config", config_), environment);
        return find_endpoints(environment, files.value(), "dev");
    }

    TemporaryFolder folder_;
    std::map<std::string, std::string> variables_;
    std::string config_ =
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
    variables_ = {{"AWS_ENDPOINT_URL", "http://all"}, {"AWS_ENDPOINT_URL_SSM", "http://ssm"}};
    const auto found = find();
    EXPECT_EQ(found.all, "http://all");
    EXPECT_EQ(found.services.size(), 1U) << "AWS_ENDPOINT_URL counts before the services section";
    EXPECT_EQ(found.services.at("ssm"), "http://ssm");
    variables_ = {{"AWS_ENDPOINT_URL_EVENTBRIDGE", "http://mine"}};
    EXPECT_EQ(find().services.at("events"), "http://mine");
}

TEST_F(Endpoints, CanBeIgnored) {
    variables_ = {{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "True"},
                  {"AWS_ENDPOINT_URL_SSM", "http://ssm"}};
    EXPECT_TRUE(find().all.empty());
    EXPECT_TRUE(find().services.empty());
    variables_.clear();
    config_ = "[profile dev]\nendpoint_url=http://profile\nignore_configured_endpoint_urls=true\n";
    EXPECT_TRUE(find().all.empty());
}

}  // namespace
}  // namespace dsdash::aws
