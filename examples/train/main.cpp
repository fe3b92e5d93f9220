#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>

#include "train/fit.hpp"

namespace {

struct Options {
    std::string data;
    std::string model;
    int epochs = 30;
};

int complain(const std::string& message) {
    fmt::print(stderr, "train: {}\n", message);
    return 1;
}

void print_epoch(const churn::Epoch& epoch) {
    fmt::print("epoch {:>3}  loss {:.4f}  accuracy {:.3f}\n", epoch.number, epoch.loss,
               epoch.accuracy);
    std::fflush(stdout);
}

int train(const Options& options) {
    std::ifstream data(options.data);
    if (!data) {
        return complain(fmt::format("cannot read {}", options.data));
    }
    const auto customers = churn::read_csv(data);
    if (!customers) {
        return complain(fmt::format("{} {}", options.data, customers.error().message));
    }
    const auto model = churn::fit(*customers, options.epochs, print_epoch);
    if (!model) {
        return complain(fmt::format("{}: {}", options.data, model.error().message));
    }
    std::ofstream file(options.model);
    file << model->to_json() << '\n' << std::flush;
    if (!file) {
        return complain(fmt::format("cannot write {}", options.model));
    }
    fmt::print("model written to {}\n", options.model);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Learns from a table of customers which of them will leave.");
    Options options;
    app.add_option("--data", options.data, "CSV file, as make_customers writes it")->required();
    app.add_option("--model", options.model, "where to write the model (JSON)")->required();
    app.add_option("--epochs", options.epochs, "passes over the data")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    return train(options);
}
