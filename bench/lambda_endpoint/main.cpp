// Lambda's Runtime API, and SageMaker and EventBridge at a port each, for lambda_bench.py.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "aws_answers.hpp"
#include "invocations.hpp"
#include "server.hpp"

namespace {

using namespace dsdash;

struct Options {
    std::size_t invocations = 1;
    std::string certificate;
    std::string key;
};

void print_line(const json::object& document) {
    fmt::print("{}\n", json::serialize(document));
    std::fflush(stdout);
}

/// Prints the ports, and when the process has had its invocations, what it did.
Result<void> run(const Options& options) {
    bench::TlsContext tls;
    if (!options.certificate.empty()) {
        auto made = bench::make_server_tls(options.certificate, options.key);
        if (!made) {
            return std::unexpected(std::move(made.error()));
        }
        tls = std::move(*made);
    }
    const bench::AwsAnswers answers;
    bench::Invocations invocations(options.invocations);
    bench::Server server;
    std::array<std::uint16_t, 2> aws{};
    const bench::Service runtime_api = [&](const http::Request& request) {
        auto response = invocations.answer(request);
        if (invocations.ended()) {
            auto report = invocations.report();
            report["connections"] = {server.connections(aws[0]), server.connections(aws[1])};
            print_line(report);
        }
        return response;
    };
    const bench::Service aws_services = [&](const http::Request& request) {
        auto answer = answers.answer(request);
        invocations.add_call(std::move(answer.call));
        return std::optional(std::move(answer.response));
    };
    const auto runtime_port = server.listen(runtime_api, nullptr);
    if (!runtime_port) {
        return std::unexpected(runtime_port.error());
    }
    for (auto& port : aws) {
        const auto listening = server.listen(aws_services, tls.get());
        if (!listening) {
            return std::unexpected(listening.error());
        }
        port = *listening;
    }
    print_line({{"runtime_api", *runtime_port}, {"sagemaker", aws[0]}, {"events", aws[1]}});
    return server.run();
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app(
        "Gives one process invocations and answers its calls of AWS. Prints a JSON document with "
        "its ports, and one with times and calls; ends with its standard input.");
    Options options;
    app.add_option("--invocations", options.invocations)->check(CLI::Range(1, 1'000'000));
    auto* const certificate =
        app.add_option("--certificate", options.certificate, "PEM file: AWS over TLS");
    app.add_option("--key", options.key, "PEM file")->needs(certificate);
    CLI11_PARSE(app, argc, argv);
    const auto ran = run(options);
    if (!ran) {
        fmt::print(stderr, "lambda_endpoint: {}\n", ran.error().message);
        return 1;
    }
    return 0;
}
