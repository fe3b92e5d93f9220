#include <CLI/CLI.hpp>
#include <iostream>

#include "churn/customers.hpp"

int main(int argc, char** argv) {
    CLI::App app("Invents customers to learn from and prints them as CSV.");
    std::uint64_t seed = 1;
    std::size_t count = 2000;
    app.add_option("--seed", seed, "another seed, other customers")->capture_default_str();
    app.add_option("--count", count, "how many")
        ->check(CLI::Range(1, 10'000'000))
        ->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    std::cout << churn::to_csv(churn::invent_customers(seed, count)) << std::flush;
    return std::cout ? 0 : 1;
}
