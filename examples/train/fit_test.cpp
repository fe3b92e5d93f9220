#include "train/fit.hpp"

#include <gtest/gtest.h>

namespace churn {
namespace {

TEST(Fit, LossFallsAndModelBeatsGuessing) {
    std::vector<Epoch> epochs;
    const auto model =
        fit(invent_customers(1, 2000), 30, [&](const Epoch& epoch) { epochs.push_back(epoch); });
    ASSERT_TRUE(model);
    ASSERT_EQ(epochs.size(), 30U);
    EXPECT_LT(epochs.back().loss, epochs.front().loss * 0.75);
    EXPECT_GT(epochs.back().accuracy, 0.75);
}

TEST(Fit, LearnsThatAContractKeepsCustomers) {
    const auto model = fit(invent_customers(2, 2000), 50, [](const Epoch&) {});
    ASSERT_TRUE(model);
    EXPECT_LT(model->predict({12, 80, 2, 1}), model->predict({12, 80, 2, 0}));
}

TEST(Fit, DataWithOneLabelOnlyIsRefused) {
    std::vector<Customer> customers(100);
    EXPECT_FALSE(fit(customers, 5, [](const Epoch&) {}));
}

TEST(Fit, TooFewCustomersAreRefused) {
    EXPECT_FALSE(fit({}, 5, [](const Epoch&) {}));
    EXPECT_FALSE(fit(invent_customers(1, 19), 5, [](const Epoch&) {}));
}

}  // namespace
}  // namespace churn
