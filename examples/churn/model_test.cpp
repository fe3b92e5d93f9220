#include "churn/model.hpp"

#include <gtest/gtest.h>

namespace churn {
namespace {

const Model kModel{
    .means = {10, 50, 1, 0}, .scales = {2, 10, 1, 1}, .weights = {-1, 0.5, 0, 0}, .bias = 0.25};

TEST(Model, PredictsTheLogisticFunctionOfItsFeatures) {
    EXPECT_NEAR(kModel.predict({10, 50, 1, 0}), 0.562177, 1e-6);  // 1 / (1 + e^-0.25)
    EXPECT_NEAR(kModel.predict({12, 60, 1, 0}), 0.437823, 1e-6);  // 1 / (1 + e^0.25)
}

TEST(Model, IsReadBackAsWritten) {
    const auto model = Model::from_json(kModel.to_json());
    ASSERT_TRUE(model);
    EXPECT_EQ(model->to_json(), kModel.to_json());
}

TEST(Model, FileThatIsNoModelIsRefused) {
    const auto good = kModel.to_json();
    for (std::size_t length = 0; length < good.size(); ++length) {
        EXPECT_FALSE(Model::from_json(good.substr(0, length))) << length;
    }
    EXPECT_FALSE(Model::from_json(R"({"format":"churn-logistic-regression-1"})"));
}

TEST(Model, ScaleOfZeroIsRefused) {
    auto model = kModel;
    model.scales[2] = 0;
    EXPECT_FALSE(Model::from_json(model.to_json()));
}

}  // namespace
}  // namespace churn
