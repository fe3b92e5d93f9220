#include "train/fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace churn {

using dsdash::ErrorKind;
using dsdash::fail;
using dsdash::Result;

namespace {

constexpr std::size_t kCustomersMin = 20;
constexpr double kLearningRate = 1.0;
constexpr double kProbabilityMin = 1e-12;  // keeps the logarithm finite

void standardise(Model& model, std::span<const Customer> customers) {
    const auto count = static_cast<double>(customers.size());
    for (std::size_t i = 0; i < kFeatureNames.size(); ++i) {
        double sum = 0;
        double squares = 0;
        for (const auto& customer : customers) {
            sum += customer.features[i];
            squares += customer.features[i] * customer.features[i];
        }
        model.means[i] = sum / count;
        const double variance = squares / count - model.means[i] * model.means[i];
        model.scales[i] = variance > 0 ? std::sqrt(variance) : 1;
    }
}

/// One step down the gradient of the mean log loss; the loss before the step.
double step(Model& model, std::span<const Customer> customers) {
    Features gradient{};
    double bias_gradient = 0;
    double loss = 0;
    for (const auto& customer : customers) {
        const double probability = model.predict(customer.features);
        const double likelihood = customer.churned ? probability : 1 - probability;
        loss -= std::log(std::max(likelihood, kProbabilityMin));
        const double error = probability - (customer.churned ? 1 : 0);
        bias_gradient += error;
        for (std::size_t i = 0; i < gradient.size(); ++i) {
            gradient[i] += error * (customer.features[i] - model.means[i]) / model.scales[i];
        }
    }
    const auto count = static_cast<double>(customers.size());
    model.bias -= kLearningRate * bias_gradient / count;
    for (std::size_t i = 0; i < gradient.size(); ++i) {
        model.weights[i] -= kLearningRate * gradient[i] / count;
    }
    return loss / count;
}

double accuracy(const Model& model, std::span<const Customer> customers) {
    const auto right = std::ranges::count_if(customers, [&](const Customer& customer) {
        return (model.predict(customer.features) > 0.5) == customer.churned;
    });
    return static_cast<double>(right) / static_cast<double>(customers.size());
}

}  // namespace

Result<Model> fit(const std::vector<Customer>& customers, int epochs,
                  const std::function<void(const Epoch&)>& report) {
    if (customers.size() < kCustomersMin) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("{} customers are too few, {} are needed", customers.size(),
                                kCustomersMin));
    }
    const auto churned = std::ranges::count(customers, true, &Customer::churned);
    if (churned == 0 || churned == std::ssize(customers)) {
        return fail(ErrorKind::malformed_input,
                    "nothing to learn: the customers must not all have the same label");
    }
    const auto all = std::span(customers);
    const auto seen = all.first(customers.size() / 5 * 4);
    const auto aside = all.subspan(seen.size());

    Model model;
    standardise(model, seen);
    for (int number = 1; number <= epochs; ++number) {
        const double loss = step(model, seen);
        report({number, loss, accuracy(model, aside)});
    }
    return model;
}

}  // namespace churn
