#include "aws/profile.hpp"

#include <gtest/gtest.h>

namespace dsdash::aws {
namespace {

TEST(Profile, ReadsSectionsOfTheCredentialsFile) {
    const auto profiles = parse_profiles(
        "# written by dsdash\n"
        "[default]\n"
        "aws_access_key_id=AK1\n"
        "\n"
        "[hub]\r\n"
        "aws_access_key_id = AK2\r\n"
        "aws_secret_access_key =  a/b+c=d==  \n"
        "; the end",
        ProfileFile::credentials);
    ASSERT_TRUE(profiles) << profiles.error().message;
    EXPECT_EQ(profiles->size(), 2U);
    EXPECT_EQ(profiles->at("default").at("aws_access_key_id"), "AK1");
    EXPECT_EQ(profiles->at("hub").at("aws_access_key_id"), "AK2");
    EXPECT_EQ(profiles->at("hub").at("aws_secret_access_key"), "a/b+c=d==");
}

TEST(Profile, ReadsSectionsOfTheConfigFile) {
    const auto profiles = parse_profiles(
        "[default]\nregion=r0\n[profile hub]\nregion=r1\n[ profile\t\"a b\" ]\nregion=r2\n"
        "[hub]\nregion=other\n[services x]\nssm =\n  endpoint_url = u\n[sso-session "
        "s]\nregion=r3\n",
        ProfileFile::config);
    ASSERT_TRUE(profiles) << profiles.error().message;
    EXPECT_EQ(profiles->size(), 3U);
    EXPECT_EQ(profiles->at("default").at("region"), "r0");
    EXPECT_EQ(profiles->at("hub").at("region"), "r1");
    EXPECT_EQ(profiles->at("a b").at("region"), "r2");
}

TEST(Profile, PassesOverNestedSettings) {
    const auto profiles =
        parse_profiles("[profile a]\ns3 =\n  region = nested\nregion = r\n", ProfileFile::config);
    ASSERT_TRUE(profiles);
    EXPECT_EQ(profiles->at("a").at("region"), "r");
    EXPECT_EQ(profiles->at("a").at("s3"), "");
}

TEST(Profile, MergesRepeatedSectionsAndTheLastValueHolds) {
    const auto profiles =
        parse_profiles("[a]\nx=1\ny=1\n[b]\n[a]\nx=2\n", ProfileFile::credentials);
    ASSERT_TRUE(profiles);
    EXPECT_EQ(profiles->at("a").at("x"), "2");
    EXPECT_EQ(profiles->at("a").at("y"), "1");
}

TEST(Profile, NamesTheLineOfAMistakeButNotWhatItHolds) {
    for (const auto* text : {"[a]\nsecret SECRET\n", "[a]\n[b SECRET\n", "\nSECRET=1\n"}) {
        const auto profiles = parse_profiles(text, ProfileFile::credentials);
        ASSERT_FALSE(profiles) << text;
        EXPECT_EQ(profiles.error().kind, ErrorKind::malformed_input);
        EXPECT_TRUE(profiles.error().message.starts_with("line 2: ")) << profiles.error().message;
        EXPECT_EQ(profiles.error().message.find("SECRET"), std::string::npos);
    }
}

TEST(Profile, ReadsAnEmptyFile) {
    EXPECT_TRUE(parse_profiles("", ProfileFile::config)->empty());
    EXPECT_TRUE(parse_profiles("\n\n# x", ProfileFile::config)->empty());
}

}  // namespace
}  // namespace dsdash::aws
