#include "aws/credentials/chain.hpp"

#include <gtest/gtest.h>

#include "aws/testing/credentials_fixture.hpp"
#include "aws/testing/scripted_service.hpp"

namespace dsdash::aws {
namespace {

constexpr std::string_view kLater = "2026-11-23T13:00:00Z";

class CredentialsChain : public testing::Test {
  protected:
    /// The access key id, or the error's message, that a search for `profile` ends with.
    std::string find(const std::string& profile = "default", bool explicitly = false) {
        const auto environment = environment_of(variables_);
        const auto files = read_config_files(folder_.write("credentials", credentials_),
                                             folder_.write("config", config_), environment);
        EXPECT_TRUE(files);
        auto provider =
            find_credentials({.profile = profile,
                              .ignores_environment_keys = explicitly,
                              .requires_profile = explicitly,
                              .files = *files,
                              .environment = environment,
                              .sts = {service_.origin(), Region::parse("eu-west-1").value(), {}}});
        if (!provider) {
            hint_ = provider.error().hint;
            return provider.error().message;
        }
        auto fetched = (*provider)->fetch(noon(), soon());
        return fetched ? fetched->access_key_id : fetched.error().message;
    }
    void set_keys() {
        variables_["AWS_ACCESS_KEY_ID"] = "ENV";
        variables_["AWS_SECRET_ACCESS_KEY"] = "s";
    }

    TemporaryFolder folder_;
    ScriptedService service_{{sts_answer("ROLE", std::string(kLater))}};
    std::map<std::string, std::string> variables_{{"AWS_EC2_METADATA_DISABLED", "true"}};
    std::string credentials_;
    std::string config_;
    std::string hint_;
};

TEST_F(CredentialsChain, RanksItsSources) {
    EXPECT_TRUE(find().starts_with("no credentials in the environment")) << find();

    ScriptedService instance({answer(200, "TOKEN"), answer(200, "role"),
                              answer(200, credentials_document("EC2", std::string(kLater)))});
    variables_["AWS_EC2_METADATA_DISABLED"] = "";
    variables_["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = instance.origin();
    EXPECT_EQ(find(), "ASIAEC2");

    ScriptedService container({answer(200, credentials_document("ECS", std::string(kLater)))});
    variables_["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.origin();
    EXPECT_EQ(find(), "ASIAECS");

    credentials_ = "[default]\naws_access_key_id=FILE\naws_secret_access_key=s\n";
    EXPECT_EQ(find(), "FILE");

    variables_["AWS_ROLE_ARN"] = "arn:r";
    variables_["AWS_WEB_IDENTITY_TOKEN_FILE"] = folder_.write("token", "t");
    EXPECT_EQ(find(), "ASIAROLE");

    set_keys();
    EXPECT_EQ(find(), "ENV");
    EXPECT_EQ(find("default", /*explicitly=*/true), "FILE");
}

TEST_F(CredentialsChain, AssumesARoleWithAnotherProfile) {
    credentials_ = "[base]\naws_access_key_id=BASE\naws_secret_access_key=s\n";
    config_ =
        "[profile dev]\nrole_arn=arn:r\nsource_profile=base\nrole_session_name=me\n"
        "external_id=x\nduration_seconds=900\n";
    EXPECT_EQ(find("dev", true), "ASIAROLE");
    const auto request = service_.requests().at(0);
    EXPECT_EQ(request.body,
              "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Ar&RoleSessionName=me&"
              "ExternalId=x&DurationSeconds=900");
    EXPECT_NE(request.headers.find("Authorization")->find("Credential=BASE/"),
              std::string_view::npos);
}

TEST_F(CredentialsChain, FollowsRolesBehindRoles) {
    service_.script(
        {sts_answer("FIRST", std::string(kLater)), sts_answer("LAST", std::string(kLater))});
    credentials_ = "[base]\naws_access_key_id=BASE\naws_secret_access_key=s\n";
    config_ =
        "[profile a]\nrole_arn=arn:a\nsource_profile=b\n"
        "[profile b]\nrole_arn=arn:b\nsource_profile=base\n";
    EXPECT_EQ(find("a", true), "ASIALAST");
    EXPECT_NE(
        service_.requests().at(1).headers.find("Authorization")->find("Credential=ASIAFIRST/"),
        std::string_view::npos);
}

TEST_F(CredentialsChain, LetsAProfileBeTheSourceOfItsOwnRole) {
    credentials_ = "[dev]\naws_access_key_id=OWN\naws_secret_access_key=s\n";
    config_ = "[profile dev]\nrole_arn=arn:r\nsource_profile=dev\n";
    EXPECT_EQ(find("dev", true), "ASIAROLE");
    EXPECT_NE(service_.requests().at(0).headers.find("Authorization")->find("Credential=OWN/"),
              std::string_view::npos);
}

TEST_F(CredentialsChain, TakesANamedSourceForARole) {
    config_ = "[profile dev]\nrole_arn=arn:r\ncredential_source=Environment\n";
    EXPECT_EQ(find("dev", true),
              "profile 'dev': credential_source Environment: no keys are in the environment");
    set_keys();
    EXPECT_EQ(find("dev", true), "ASIAROLE");
    config_ = "[profile dev]\nrole_arn=arn:r\ncredential_source=Elsewhere\n";
    EXPECT_TRUE(find("dev", true).ends_with("not Elsewhere"));
}

TEST_F(CredentialsChain, RunsTheProfilesProcess) {
    const auto document =
        folder_.write("document", credentials_document("PROCESS", std::string(kLater)));
    config_ = "[profile dev]\ncredential_process = cat \"" + document + "\"\n";
    EXPECT_EQ(find("dev", true), "ASIAPROCESS");
}

TEST_F(CredentialsChain, TakesAProfilesWebIdentity) {
    config_ =
        "[profile dev]\nrole_arn=arn:r\nweb_identity_token_file=" + folder_.write("token", "t") +
        "\n";
    EXPECT_EQ(find("dev", true), "ASIAROLE");
    EXPECT_TRUE(service_.requests().at(0).body.starts_with("Action=AssumeRoleWithWebIdentity&"));
}

TEST_F(CredentialsChain, RefusesProfilesThatLeadNowhere) {
    config_ =
        "[profile a]\nrole_arn=arn:a\nsource_profile=b\n"
        "[profile b]\nrole_arn=arn:b\nsource_profile=a\n"
        "[profile c]\nrole_arn=arn:c\n"
        "[profile d]\nrole_arn=arn:d\nsource_profile=nobody\n"
        "[profile e]\ncredential_process='\n";
    EXPECT_EQ(find("a", true), "profile 'a': its source_profile leads back to it");
    EXPECT_TRUE(find("c", true).starts_with("profile 'c': role_arn needs source_profile"));
    EXPECT_EQ(find("d", true), "profile 'd': source_profile 'nobody' has no credentials");
    EXPECT_EQ(find("e", true), "profile 'e': credential_process: the command has an open quote");
}

TEST_F(CredentialsChain, SaysWhatToDoAboutWhatIsNotOffered) {
    config_ = "[profile a]\nrole_arn=arn:a\nmfa_serial=m\n[profile b]\nsso_session=s\n";
    for (const auto* profile : {"a", "b"}) {
        hint_.clear();
        EXPECT_NE(find(profile, true).find("not offered here"), std::string::npos);
        EXPECT_NE(hint_.find("export-credentials"), std::string::npos);
    }
}

}  // namespace
}  // namespace dsdash::aws
