#include "churn/customers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace churn {
namespace {

constexpr std::string_view kHeader =
    "tenure_months,monthly_charge,support_calls,has_contract,churned\n";

dsdash::Result<std::vector<Customer>> read(std::string_view rows) {
    std::istringstream in(std::string(kHeader) + std::string(rows));
    return read_csv(in);
}

std::string complaint(std::string_view rows) {
    const auto customers = read(rows);
    return customers ? "" : customers.error().message;
}

TEST(Customers, AreTheSameForOneSeed) {
    EXPECT_EQ(to_csv(invent_customers(7, 50)), to_csv(invent_customers(7, 50)));
    EXPECT_NE(to_csv(invent_customers(7, 50)), to_csv(invent_customers(8, 50)));
}

TEST(Customers, SomeLeaveAndSomeStay) {
    const auto customers = invent_customers(1, 1000);
    const auto churned = std::ranges::count(customers, true, &Customer::churned);
    EXPECT_GT(churned, 150);
    EXPECT_LT(churned, 700);
}

TEST(Customers, AreReadBackAsWritten) {
    const auto written = to_csv(invent_customers(3, 100));
    std::istringstream in(written);
    const auto read_back = read_csv(in);
    ASSERT_TRUE(read_back);
    EXPECT_EQ(to_csv(*read_back), written);
}

TEST(Customers, BadRowIsNamedByLineAndColumn) {
    EXPECT_EQ(complaint("1,2,3,0,1\n1,2,n/a,0,1\n"),
              "line 3: column 3 (support_calls) must be a number, not \"n/a\"");
    EXPECT_EQ(complaint("1,2,3\n"), "line 2: 3 fields where 5 are needed");
    EXPECT_EQ(complaint("1,2,3,0,1,9\n"), "line 2: 6 fields where 5 are needed");
    EXPECT_EQ(complaint("1,2,3,0,yes\n"), "line 2: column 5 (churned) must be 0 or 1, not \"yes\"");
    EXPECT_EQ(complaint("\n"), "line 2: 1 fields where 5 are needed");
}

TEST(Customers, NotFiniteIsNoNumber) {
    for (const auto* field : {"nan", "inf", "-inf", "1e999", "", " 1", "0x1"}) {
        EXPECT_FALSE(read(std::string("1,2,3,") + field + ",1\n")) << field;
    }
}

TEST(Customers, WrongHeaderIsRefused) {
    std::istringstream empty;
    EXPECT_FALSE(read_csv(empty));
    std::istringstream other("a,b,c\n1,2,3\n");
    EXPECT_FALSE(read_csv(other));
}

}  // namespace
}  // namespace churn
