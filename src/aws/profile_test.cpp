#include "aws/profile.hpp"

#include <gtest/gtest.h>

namespace dsdash::aws {
namespace {

TEST(Profile, ReadsSectionsOfTheCredentialsFile) {
    const auto parsed = parse_config(
        "# written by dsdash\n"
        "[default]\n"
        "aws_access_key_id=AK1\n"
        "\n"
        "[hub]\r\n"
        "aws_access_key_id = AK2\r\n"
        "aws_secret_access_key =  a/b+c=d==  \n"
        "; the end",
        ProfileFile::credentials);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->profiles.size(), 2U);
    EXPECT_EQ(parsed->profiles.at("default").at("aws_access_key_id"), "AK1");
    EXPECT_EQ(parsed->profiles.at("hub").at("aws_access_key_id"), "AK2");
    EXPECT_EQ(parsed->profiles.at("hub").at("aws_secret_access_key"), "a/b+c=d==");
}

TEST(Profile, ReadsSectionsOfTheConfigFile) {
    const auto parsed = parse_config(
        "[default]\nregion=r0\n[profile hub]\nregion=r1\n[ profile\t\"a b\" ]\nregion=r2\n"
        "[hub]\nregion=other\n[services x]\nssm =\n  endpoint_url = u\n[sso-session "
        "s]\nregion=r3\n",
        ProfileFile::config);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->profiles.size(), 3U);
    EXPECT_EQ(parsed->profiles.at("default").at("region"), "r0");
    EXPECT_EQ(parsed->profiles.at("hub").at("region"), "r1");
    EXPECT_EQ(parsed->profiles.at("a b").at("region"), "r2");
}

TEST(Profile, PassesOverNestedSettings) {
    const auto parsed =
        parse_config("[profile a]\ns3 =\n  region = nested\nregion = r\n", ProfileFile::config);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->profiles.at("a").at("region"), "r");
    EXPECT_EQ(parsed->profiles.at("a").at("s3"), "");
}

TEST(Profile, ReadsTheNestedSettingsOfServices) {
    const auto parsed = parse_config(
        "[services local]\ndynamodb =\n  endpoint_url = http://d\n  other = 1\neventbridge=\n"
        "\tendpoint_url=http://e\n[profile a]\ns3 =\n  endpoint_url = http://no\n",
        ProfileFile::config);
    ASSERT_TRUE(parsed) << parsed.error().message;
    const auto& local = parsed->services.at("local");
    EXPECT_EQ(local.size(), 2U);
    EXPECT_EQ(local.at("dynamodb").at("endpoint_url"), "http://d");
    EXPECT_EQ(local.at("dynamodb").at("other"), "1");
    EXPECT_EQ(local.at("eventbridge").at("endpoint_url"), "http://e");
}

TEST(Profile, MergesRepeatedSectionsAndTheLastValueHolds) {
    const auto parsed = parse_config("[a]\nx=1\ny=1\n[b]\n[a]\nx=2\n", ProfileFile::credentials);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->profiles.at("a").at("x"), "2");
    EXPECT_EQ(parsed->profiles.at("a").at("y"), "1");
}

TEST(Profile, NamesTheLineOfAMistakeButNotWhatItHolds) {
    for (const auto* text : {"[a]\nsecret SECRET\n", "[a]\n[b SECRET\n", "\nSECRET=1\n"}) {
        const auto parsed = parse_config(text, ProfileFile::credentials);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().kind, ErrorKind::malformed_input);
        EXPECT_TRUE(parsed.error().message.starts_with("line 2: ")) << parsed.error().message;
        EXPECT_EQ(parsed.error().message.find("SECRET"), std::string::npos);
    }
}

TEST(Profile, ReadsAnEmptyFile) {
    EXPECT_TRUE(parse_config("", ProfileFile::config)->profiles.empty());
    EXPECT_TRUE(parse_config("\n\n# x", ProfileFile::config)->profiles.empty());
}

}  // namespace
}  // namespace dsdash::aws
