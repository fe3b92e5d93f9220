#pragma once

#include <string>
#include <string_view>

#include "churn/customers.hpp"

namespace churn {

/// Logistic regression: the probability that a customer leaves.
struct Model {
    Features means{};   ///< of each feature in the training data
    Features scales{};  ///< standard deviation of each, never 0
    Features weights{};
    double bias = 0;

    [[nodiscard]] double predict(const Features& features) const;

    [[nodiscard]] std::string to_json() const;
    /// malformed_input naming the field for a file that is not such a model.
    static dsdash::Result<Model> from_json(std::string_view text);
};

}  // namespace churn
