#pragma once

#include <string>
#include <string_view>

#include "churn/model.hpp"

namespace churn {

/// Answers one POST /invocations: CSV lines of features (no header, at most 10,000) give
/// {"predictions":[{"churn_probability":0.73,"churns":true},…]}, one for each line.
/// malformed_input names line and column.
dsdash::Result<std::string> predict_csv(const Model& model, std::string_view body);

}  // namespace churn
