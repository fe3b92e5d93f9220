#include "embedded/parameters/parameter_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "embedded/testing/part_fixture.hpp"

namespace dsdash::embedded {
namespace {

using testing::ElementsAre;

class ParameterTableTest : public testing::Test {
  protected:
    static ParameterWrite string(std::string name, std::string value) {
        return {.name = std::move(name),
                .value = std::move(value),
                .type = "String",
                .description = {},
                .allowed_pattern = {},
                .tier = {},
                .overwrite = false,
                .user = "arn:aws:iam::111111111111:root"};
    }
    static ParameterWrite overwriting(std::string name, std::string value) {
        auto write = string(std::move(name), std::move(value));
        write.overwrite = true;
        return write;
    }
    std::string refusal(const ParameterWrite& write) {
        auto put = table_.put(write);
        return put ? "" : put.error().code;
    }
    std::vector<std::string> names(const ParameterQuery& query) {
        const auto page = table_.list(query).value();
        std::vector<std::string> names;
        for (const auto& parameter : page.parameters) names.push_back(parameter.name);
        return names;
    }

    PartFixture fixture_{ParameterTable::schema()};
    ParameterTable table_{fixture_.parts()};
};

TEST_F(ParameterTableTest, KeepsWhatWasPut) {
    auto write = string("/monitors/Hub", "111111111111");
    write.description = "which hub";
    write.allowed_pattern = "^\\d{12}$";
    ASSERT_TRUE(table_.put(write));
    const auto found = table_.find("/monitors/Hub").value().value();
    EXPECT_EQ(found.name, "/monitors/Hub");
    EXPECT_EQ(found.version, 1);
    EXPECT_EQ(found.value, "111111111111");
    EXPECT_EQ(found.type, "String");
    EXPECT_EQ(found.description, "which hub");
    EXPECT_EQ(found.allowed_pattern, "^\\d{12}$");
    EXPECT_EQ(found.tier, "Standard");
    EXPECT_EQ(found.last_modified, fixture_.clock().time);
    EXPECT_EQ(found.last_modified_user, "arn:aws:iam::111111111111:root");
}

TEST_F(ParameterTableTest, HasNothingOfAnUnknownName) {
    EXPECT_FALSE(table_.find("none").value());
    EXPECT_FALSE(table_.remove("none").value());
}

TEST_F(ParameterTableTest, OverwritesOnlyWhenTold) {
    ASSERT_TRUE(table_.put(string("p", "1")));
    EXPECT_EQ(refusal(string("p", "2")), "ParameterAlreadyExists");
    EXPECT_EQ(table_.find("p").value()->value, "1");
    EXPECT_EQ(table_.put(overwriting("p", "2")).value().version, 2);
    EXPECT_EQ(table_.find("p").value()->value, "2");
}

TEST_F(ParameterTableTest, KeepsOnOverwriteWhatIsNotGiven) {
    auto first = string("p", "1");
    first.type = "StringList";
    first.description = "d";
    first.tier = "Advanced";
    first.allowed_pattern = "^\\d$";
    ASSERT_TRUE(table_.put(first));
    auto second = overwriting("p", "2");
    second.type.reset();
    const auto stored = table_.put(second).value();
    EXPECT_EQ(stored.type, "StringList");
    EXPECT_EQ(stored.description, "d");
    EXPECT_EQ(stored.tier, "Advanced");
    EXPECT_EQ(refusal(overwriting("p", "x")), "HierarchyTypeMismatchException");
    second.value = "x";
    EXPECT_EQ(refusal(second), "ParameterPatternMismatchException");
}

TEST_F(ParameterTableTest, WantsATypeForANewParameter) {
    auto write = string("p", "1");
    write.type.reset();
    EXPECT_EQ(refusal(write), "ValidationException");
}

TEST_F(ParameterTableTest, RefusesSecretsThatItCouldNotKeep) {
    auto write = string("p", "1");
    write.type = "SecureString";
    EXPECT_EQ(refusal(write), "UnsupportedParameterType");
    EXPECT_FALSE(table_.find("p").value());
}

TEST_F(ParameterTableTest, LimitsValueNameAndDescription) {
    EXPECT_EQ(refusal(string("p", "")), "ValidationException");
    EXPECT_EQ(refusal(string("p", std::string(4'097, 'x'))), "ValidationException");
    EXPECT_EQ(refusal(string("p", std::string(4'096, 'x'))), "");
    // "arn:aws:ssm:eu-west-1:111111111111:parameter/" has 45 characters.
    EXPECT_EQ(refusal(string(std::string(966, 'n'), "1")), "");
    EXPECT_EQ(refusal(string(std::string(967, 'n'), "1")), "ValidationException");
    auto write = string("q", "1");
    write.description = std::string(1'025, 'x');
    EXPECT_EQ(refusal(write), "ValidationException");
}

TEST_F(ParameterTableTest, KeepsTheLastHundredVersions) {
    for (int version = 1; version <= 102; ++version) {
        ASSERT_TRUE(table_.put(overwriting("p", std::to_string(version))));
    }
    EXPECT_FALSE(table_.find("p", 2).value());
    EXPECT_EQ(table_.find("p", 3).value()->value, "3");
    EXPECT_EQ(table_.find("p", 102).value()->value, "102");
    EXPECT_FALSE(table_.find("p", 103).value());
    EXPECT_EQ(table_.find("p").value()->version, 102);
}

TEST_F(ParameterTableTest, CountsFromOneAgainAfterARemoval) {
    ASSERT_TRUE(table_.put(overwriting("p", "1")));
    ASSERT_TRUE(table_.put(overwriting("p", "2")));
    EXPECT_TRUE(table_.remove("p").value());
    EXPECT_FALSE(table_.find("p", 1).value());
    EXPECT_EQ(table_.put(string("p", "3")).value().version, 1);
}

TEST_F(ParameterTableTest, ListsWhatIsBelowAPath) {
    for (const char* name : {"/a", "/a/b", "/a/b/c", "/a-b/c", "/a0", "/ab/c", "a"}) {
        ASSERT_TRUE(table_.put(string(name, "1"))) << name;
    }
    EXPECT_THAT(names({.path = "/a/", .after = "", .size_max = 10, .matches = {}}),
                ElementsAre("/a/b", "/a/b/c"));
    EXPECT_THAT(names({.path = "/", .after = "", .size_max = 10, .matches = {}}),
                ElementsAre("/a", "/a-b/c", "/a/b", "/a/b/c", "/a0", "/ab/c"));
    EXPECT_EQ(names({}).size(), 7U);
}

TEST_F(ParameterTableTest, ListsInPages) {
    for (const char* name : {"/p/1", "/p/2", "/p/3", "/p/4"}) {
        ASSERT_TRUE(table_.put(string(name, "1")));
    }
    ParameterQuery query{.path = "/p/", .after = "", .size_max = 2, .matches = {}};
    auto page = table_.list(query).value();
    EXPECT_TRUE(page.has_more);
    EXPECT_EQ(page.parameters.back().name, "/p/2");
    query.after = "/p/2";
    page = table_.list(query).value();
    EXPECT_FALSE(page.has_more);
    EXPECT_EQ(page.parameters.size(), 2U);
}

TEST_F(ParameterTableTest, ListsOnlyTheCurrentVersionOfWhatMatches) {
    ASSERT_TRUE(table_.put(string("a", "old")));
    ASSERT_TRUE(table_.put(overwriting("a", "new")));
    ASSERT_TRUE(table_.put(string("b", "old")));
    const auto is_old = [](const StoredParameter& p) { return p.value == "old"; };
    EXPECT_THAT(names({.path = "", .after = "", .size_max = 10, .matches = is_old}),
                ElementsAre("b"));
}

TEST_F(ParameterTableTest, LetsOneOfManyCreate) {
    std::atomic<int> created = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&] { created += table_.put(string("p", "1")) ? 1 : 0; });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(created, 1);
}

}  // namespace
}  // namespace dsdash::embedded
