#include "embedded/deployed/function_table.hpp"

#include <gtest/gtest.h>

#include "embedded/testing/part_fixture.hpp"

namespace dsdash::embedded {
namespace {

class FunctionTableTest : public testing::Test {
  protected:
    static FunctionRecord function(std::string name) {
        return {.name = std::move(name),
                .handler = "extraction",
                .description = "what it does",
                .role_arn = "arn:aws:iam::111111111111:role/r",
                .role_policy = R"({"Version":"2012-10-17","Statement":[]})",
                .environment = {{"METRICS", "A,B"}, {"EMPTY", ""}, {"QUOTED", "\"'\\\n"}},
                .timeout_s = 60,
                .memory_mb = 256,
                .stack_name = "stack",
                .last_modified = TimePoint(std::chrono::microseconds(1'795'435'200'123'456))};
    }

    PartFixture fixture_{FunctionTable::schema()};
    FunctionTable table_{fixture_.parts()};
};

TEST_F(FunctionTableTest, KeepsAFunctionAsItWasPut) {
    const auto put = function("f");
    ASSERT_TRUE(table_.put(put));
    const auto found = table_.find("f").value().value();
    EXPECT_EQ(found.name, put.name);
    EXPECT_EQ(found.handler, put.handler);
    EXPECT_EQ(found.description, put.description);
    EXPECT_EQ(found.role_arn, put.role_arn);
    EXPECT_EQ(found.role_policy, put.role_policy);
    EXPECT_EQ(found.environment, put.environment);
    EXPECT_EQ(found.timeout_s, 60);
    EXPECT_EQ(found.memory_mb, 256);
    EXPECT_EQ(found.stack_name, "stack");
    EXPECT_EQ(found.last_modified, put.last_modified);
}

TEST_F(FunctionTableTest, ReplacesByName) {
    ASSERT_TRUE(table_.put(function("f")));
    auto changed = function("f");
    changed.environment = {{"ONLY", "this"}};
    ASSERT_TRUE(table_.put(changed));
    EXPECT_EQ(table_.find("f").value()->environment, changed.environment);
    EXPECT_EQ(table_.list().value().size(), 1U);
}

TEST_F(FunctionTableTest, ListsByName) {
    for (const auto* name : {"b", "a", "c"}) ASSERT_TRUE(table_.put(function(name)));
    std::string names;
    const auto all = table_.list().value();
    for (const auto& found : all) names += found.name;
    EXPECT_EQ(names, "abc");
}

TEST_F(FunctionTableTest, RemovesWhatIsThere) {
    ASSERT_TRUE(table_.put(function("f")));
    EXPECT_TRUE(table_.remove("f"));
    EXPECT_EQ(table_.find("f").value(), std::nullopt);
    const auto refused = table_.remove("f");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "ResourceNotFoundException");
}

}  // namespace
}  // namespace dsdash::embedded
