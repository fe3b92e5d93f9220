#include "stack/cdk/construct_path.hpp"

#include <gtest/gtest.h>

namespace dsdash::cdk {
namespace {

// What aws-cdk made of the Python reference's constructs, in a table or function with data and
// subscribers: another id would replace it.
TEST(LogicalId, IsThatOfThePythonReference) {
    EXPECT_EQ(logical_id(table_path("ds-dashboard-hub-table")), "dsdashboardhubtable8E57CB07");
    EXPECT_EQ(logical_id({"metric-lambda", "Resource"}), "metriclambda14E6AE72");
}

TEST(LogicalId, OfASingleComponentIsItsName) {
    EXPECT_EQ(logical_id({"My-Bucket_1"}), "MyBucket1");
    EXPECT_EQ(logical_id({"My-Bucket", "Default"}), "MyBucket");
}

TEST(LogicalId, LeavesOutWhatThePredecessorEndsWith) {
    const auto id = logical_id({"audit-queue", "queue", "Resource"});
    EXPECT_EQ(id.substr(0, id.size() - 8), "auditqueue");
    EXPECT_NE(id, logical_id({"audit-queue", "Resource"}));
}

TEST(LogicalId, HasAtMost248Characters) {
    EXPECT_EQ(logical_id({std::string(300, 'a')}).size(), 248U);
    EXPECT_EQ(logical_id({std::string(255, 'a')}).size(), 255U);
    EXPECT_EQ(logical_id({std::string(300, 'a'), "Resource"}).size(), 248U);
}

TEST(LogicalId, OfAnInvocationNamesTheFunctionInItsStack) {
    const auto path =
        invocation_path("ds-dashboard-hub-stack", "rule", "ds-dashboard-dynamo-write");
    EXPECT_EQ(path.front(), "rule");
    EXPECT_EQ(path.back(), "AllowEventRule" +
                               logical_id({"ds-dashboard-hub-stack", "ds-dashboard-dynamo-write"}));
}

}  // namespace
}  // namespace dsdash::cdk
