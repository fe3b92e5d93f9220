#include "embedded/deployed/stack_ledger.hpp"

#include <gmock/gmock.h>

#include "embedded/testing/part_fixture.hpp"

namespace dsdash::embedded {
namespace {

using ::testing::IsEmpty;

DeployedStack make_stack(std::string kind) {
    return {.kind = std::move(kind),
            .stack_name = "ds-dashboard-hub-stack",
            .context = {{"project_name", "Prédiction \"1\"\n"}, {"environment", ""}},
            .functions = {"f-2", "f-1"},
            .rules = {"r"},
            .tables = {},
            .deployed_at = TimePoint(std::chrono::microseconds(1'795'435'200'000'001))};
}

TEST(StackLedger, KeepsEveryField) {
    PartFixture fixture(StackLedger::schema());
    StackLedger ledger(fixture.parts());
    const auto put = make_stack("hub");
    ASSERT_TRUE(ledger.put(put));
    const auto found = ledger.find("hub").value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->kind, put.kind);
    EXPECT_EQ(found->stack_name, put.stack_name);
    EXPECT_EQ(found->context, put.context);
    EXPECT_EQ(found->functions, put.functions);
    EXPECT_EQ(found->rules, put.rules);
    EXPECT_EQ(found->tables, put.tables);
    EXPECT_EQ(found->deployed_at, put.deployed_at);
}

TEST(StackLedger, ReplacesByKind) {
    PartFixture fixture(StackLedger::schema());
    StackLedger ledger(fixture.parts());
    ASSERT_TRUE(ledger.put(make_stack("spoke")));
    ASSERT_TRUE(ledger.put(make_stack("hub")));
    auto changed = make_stack("hub");
    changed.functions = {"f-3"};
    ASSERT_TRUE(ledger.put(changed));
    const auto stacks = ledger.list().value();
    ASSERT_EQ(stacks.size(), 2U);
    EXPECT_EQ(stacks[0].kind, "hub");
    EXPECT_EQ(stacks[0].functions, changed.functions);
    EXPECT_EQ(stacks[1].kind, "spoke");
}

TEST(StackLedger, RemovesOnceAndThenHasNothing) {
    PartFixture fixture(StackLedger::schema());
    StackLedger ledger(fixture.parts());
    ASSERT_TRUE(ledger.put(make_stack("hub")));
    ASSERT_TRUE(ledger.remove("hub"));
    EXPECT_EQ(ledger.find("hub").value().has_value(), false);
    EXPECT_THAT(ledger.list().value(), IsEmpty());
    const auto again = ledger.remove("hub");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace dsdash::embedded
