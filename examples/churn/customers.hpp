#pragma once

#include <array>
#include <cstdint>
#include <istream>
#include <string_view>
#include <vector>

#include "domain/result.hpp"

/// The data set that the examples learn from: customers of a telephone company, some of whom left.
namespace churn {

inline constexpr std::array<std::string_view, 4> kFeatureNames{"tenure_months", "monthly_charge",
                                                               "support_calls", "has_contract"};
using Features = std::array<double, kFeatureNames.size()>;

struct Customer {
    Features features{};
    bool churned = false;
};

/// Invents `count` customers, always the same for one seed. Who leaves depends on the features,
/// with some chance in it: a good model is right about four times in five.
[[nodiscard]] std::vector<Customer> invent_customers(std::uint64_t seed, std::size_t count);

/// "tenure_months,…,churned\n" and a row each.
[[nodiscard]] std::string to_csv(const std::vector<Customer>& customers);

/// Reads what to_csv() writes. malformed_input with line and column for a wrong header, a row with
/// too few or too many fields, a field that is no finite number, a label other than 0 and 1.
dsdash::Result<std::vector<Customer>> read_csv(std::istream& in);

/// The features in one line of CSV, without the label; malformed_input naming the column.
dsdash::Result<Features> parse_features(std::string_view line);

}  // namespace churn
