#include "churn/customers.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <random>
#include <span>
#include <string>

namespace churn {

using dsdash::ErrorKind;
using dsdash::fail;
using dsdash::Result;

namespace {

constexpr std::string_view kLabelName = "churned";
constexpr std::size_t kColumns = kFeatureNames.size() + 1;

/// Between 0 and 1. The standard's distributions differ from library to library; this does not.
double uniform(std::mt19937_64& random) {
    constexpr double kSteps = 9007199254740992.0;  // 2^53
    return static_cast<double>(random() >> 11U) / kSteps;
}

std::string header() {
    return fmt::format("{},{}", fmt::join(kFeatureNames, ","), kLabelName);
}

std::string_view column_name(std::size_t column) {
    return column < kFeatureNames.size() ? kFeatureNames[column] : kLabelName;
}

std::vector<std::string_view> split(std::string_view line) {
    std::vector<std::string_view> fields;
    while (true) {
        const auto comma = line.find(',');
        fields.push_back(line.substr(0, comma));
        if (comma == std::string_view::npos) {
            return fields;
        }
        line.remove_prefix(comma + 1);
    }
}

Result<double> parse_number(std::string_view field, std::size_t column) {
    double number = 0;
    const auto* end = field.data() + field.size();
    const auto [stop, code] = std::from_chars(field.data(), end, number);
    if (code != std::errc{} || stop != end || !std::isfinite(number)) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("column {} ({}) must be a number, not \"{}\"", column + 1,
                                column_name(column), field));
    }
    return number;
}

Result<Features> features_of(std::span<const std::string_view> fields) {
    Features features{};
    for (std::size_t column = 0; column < features.size(); ++column) {
        const auto number = parse_number(fields[column], column);
        if (!number) {
            return std::unexpected(number.error());
        }
        features[column] = *number;
    }
    return features;
}

Result<Customer> parse_customer(std::string_view line) {
    const auto fields = split(line);
    if (fields.size() != kColumns) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("{} fields where {} are needed", fields.size(), kColumns));
    }
    const auto features = features_of(fields);
    if (!features) {
        return std::unexpected(features.error());
    }
    const auto label = fields.back();
    if (label != "0" && label != "1") {
        return fail(
            ErrorKind::malformed_input,
            fmt::format("column {} ({}) must be 0 or 1, not \"{}\"", kColumns, kLabelName, label));
    }
    return Customer{*features, label == "1"};
}

}  // namespace

std::vector<Customer> invent_customers(std::uint64_t seed, std::size_t count) {
    std::mt19937_64 random(seed);
    std::vector<Customer> customers(count);
    for (auto& customer : customers) {
        const double tenure = std::floor(uniform(random) * 72);
        const double charge = std::round((20 + uniform(random) * 100) * 100) / 100;
        const double calls = std::floor(uniform(random) * uniform(random) * 10);
        const double contract = uniform(random) < 0.4 ? 1 : 0;
        const double leaning =
            0.2 - 0.06 * tenure + 0.02 * (charge - 70) + 0.6 * calls - 1.8 * contract;
        customer.features = {tenure, charge, calls, contract};
        customer.churned = uniform(random) < 1 / (1 + std::exp(-leaning));
    }
    return customers;
}

std::string to_csv(const std::vector<Customer>& customers) {
    std::string text = header() + '\n';
    for (const auto& customer : customers) {
        text += fmt::format("{},{:d}\n", fmt::join(customer.features, ","), customer.churned);
    }
    return text;
}

Result<std::vector<Customer>> read_csv(std::istream& in) {
    std::string line;
    if (!std::getline(in, line) || line != header()) {
        return fail(ErrorKind::malformed_input, fmt::format("line 1 must be \"{}\"", header()));
    }
    std::vector<Customer> customers;
    for (std::size_t number = 2; std::getline(in, line); ++number) {
        const auto customer = parse_customer(line);
        if (!customer) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("line {}: {}", number, customer.error().message));
        }
        customers.push_back(*customer);
    }
    return customers;
}

Result<Features> parse_features(std::string_view line) {
    const auto fields = split(line);
    if (fields.size() != kFeatureNames.size()) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("{} fields where {} are needed: {}", fields.size(),
                                kFeatureNames.size(), fmt::join(kFeatureNames, ",")));
    }
    return features_of(fields);
}

}  // namespace churn
