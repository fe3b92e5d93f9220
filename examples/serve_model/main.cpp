#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "domain/json.hpp"
#include "http/server.hpp"
#include "serve_model/prediction.hpp"

namespace {

using dsdash::http::Request;
using dsdash::http::Response;

Response answer(int status, std::string body) {
    Response response{.status = status, .headers = {}, .body = std::move(body)};
    response.headers.add("Content-Type", "application/json");
    return response;
}

/// The two paths that SageMaker asks of a model's container
/// (docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html).
Response handle(const churn::Model& model, const Request& request) {
    if (request.method == "GET" && request.path() == "/ping") {
        return answer(200, "{}");
    }
    if (request.method == "POST" && request.path() == "/invocations") {
        auto predictions = churn::predict_csv(model, request.body);
        if (predictions) {
            return answer(200, std::move(*predictions));
        }
        return answer(400, dsdash::json::serialize(
                               dsdash::json::object{{"error", predictions.error().message}}));
    }
    return answer(404, R"({"error":"there are GET /ping and POST /invocations"})");
}

dsdash::Result<churn::Model> load(const std::string& path) {
    std::ifstream file(path);
    if (!file) {
        return dsdash::fail(dsdash::ErrorKind::not_found, "cannot read it");
    }
    return churn::Model::from_json(std::string(std::istreambuf_iterator<char>(file), {}));
}

int serve(const std::string& path, std::uint16_t port) {
    const auto model = load(path);
    if (!model) {
        fmt::print(stderr, "serve_model: {}: {}\n", path, model.error().message);
        return 1;
    }
    // Blocked before any thread starts, so that sigwait() below is the only one to take them.
    sigset_t stop_signals;
    sigemptyset(&stop_signals);
    sigaddset(&stop_signals, SIGINT);
    sigaddset(&stop_signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &stop_signals, nullptr);

    dsdash::http::ServerOptions options;
    options.port = port;
    const auto server = dsdash::http::Server::start(
        options, [&](const Request& request) { return handle(*model, request); });
    if (!server) {
        fmt::print(stderr, "serve_model: {}\n", server.error().message);
        return 1;
    }
    fmt::print("ready on http://{}:{}\n", options.address, (*server)->port());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&stop_signals, &signal);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Answers predictions of a model that train has written, over HTTP on 127.0.0.1.");
    std::string model;
    std::uint16_t port = 0;
    app.add_option("--model", model, "the model (JSON)")->required();
    app.add_option("--port", port, "0: any that is free; it is printed")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    return serve(model, port);
}
