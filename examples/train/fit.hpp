#pragma once

#include <functional>
#include <vector>

#include "churn/customers.hpp"
#include "churn/model.hpp"

namespace churn {

/// How the model did after one pass over the training data.
struct Epoch {
    int number = 0;
    double loss = 0;      ///< mean log loss on the training data
    double accuracy = 0;  ///< on the customers kept aside, 0-1
};

/// Fits a model by gradient descent to four fifths of `customers` and tries it on the others,
/// telling `report` after each of `epochs` passes. malformed_input when there are too few customers
/// to learn from (20), all of them left, or none did.
dsdash::Result<Model> fit(const std::vector<Customer>& customers, int epochs,
                          const std::function<void(const Epoch&)>& report);

}  // namespace churn
