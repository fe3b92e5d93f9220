#include "serve_model/prediction.hpp"

#include <gtest/gtest.h>

namespace churn {
namespace {

const Model kModel{.means = {}, .scales = {1, 1, 1, 1}, .weights = {0, 0, 1, 0}, .bias = 0};

TEST(Prediction, AnswersOneForEachLine) {
    EXPECT_EQ(predict_csv(kModel, "1,2,0,0\n"),
              R"({"predictions":[{"churn_probability":5E-1,"churns":false}]})");
    const auto two = predict_csv(kModel, "1,2,3,0\r\n1,2,-3,0");
    ASSERT_TRUE(two);
    EXPECT_NE(two->find(R"("churns":true},{)"), std::string::npos) << *two;
}

TEST(Prediction, NamesLineAndColumnOfBadInput) {
    const auto bad = predict_csv(kModel, "1,2,3,0\n1,2,x,0\n");
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().message, "line 2: column 3 (support_calls) must be a number, not \"x\"");
}

TEST(Prediction, EmptyAndHugeBodiesAreRefused) {
    EXPECT_FALSE(predict_csv(kModel, ""));
    EXPECT_FALSE(predict_csv(kModel, "\n"));
    std::string huge;
    for (int i = 0; i <= 10'000; ++i) {
        huge += "1,2,3,0\n";
    }
    EXPECT_FALSE(predict_csv(kModel, huge));
}

}  // namespace
}  // namespace churn
