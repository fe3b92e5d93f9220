// Puts metric events as fast as a server takes them, and says how fast that is.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "aws/client_config.hpp"
#include "load.hpp"
#include "services/clock.hpp"

namespace {

using namespace dsdash;

int complain(const Error& error) {
    fmt::print(stderr, "put_events_load: {}\n", error.message);
    return 1;
}

void print_report(const bench::LoadReport& report) {
    const auto percentile_ms = [&](double share) {
        const auto last = report.latencies_us.size() - 1;
        const auto at = static_cast<std::size_t>(share * static_cast<double>(last));
        return static_cast<double>(report.latencies_us.at(at)) / 1000;
    };
    const auto rate = static_cast<double>(report.requests) / report.seconds;
    fmt::print("events_acknowledged {}\n", report.acknowledged * bench::kEventsPerBatch);
    fmt::print("events_per_second {:.0f}\nrequests_per_second {:.0f}\n",
               rate * bench::kEventsPerBatch, rate);
    fmt::print("latency_ms_p50 {:.3f}\nlatency_ms_p99 {:.3f}\n", percentile_ms(0.50),
               percentile_ms(0.99));
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Puts signed batches of ten metric events, one under way on each connection.");
    aws::ConfigRequest request;
    std::string folder;
    bench::LoadOptions options;
    std::string event_bus;
    int seconds = 10;
    app.add_option("--data", folder, "data folder of `dsdash serve`: takes its profiles");
    app.add_option("--profile", request.profile, "profile of the account to put to")->required();
    app.add_option("--endpoint-url", request.endpoint_url, "instead of the profile's");
    app.add_option("--event-bus", event_bus, "ARN of another account's bus to put to");
    app.add_option("--connections", options.connections)->check(CLI::Range(1, 1000));
    app.add_option("--seconds", seconds, "how long to measure, after one second to warm up")
        ->check(CLI::Range(1, 3600));
    CLI11_PARSE(app, argc, argv);
    options.duration = std::chrono::seconds(seconds);
    if (!folder.empty()) {
        request.credentials_file = folder + "/credentials";
        request.config_file = folder + "/config";
    }
    const auto config = aws::load_client_config(request, aws::process_environment());
    if (!config) {
        return complain(config.error());
    }
    const auto credentials = config->credentials->fetch(
        SystemClock().now(), std::chrono::steady_clock::now() + std::chrono::seconds(10));
    if (!credentials) {
        return complain(credentials.error());
    }
    const auto origin = http::Origin::parse(config->origin_of("events"));
    if (!origin) {
        return complain(origin.error());
    }
    bench::SignedBatches batches(*credentials, config->region, *origin, event_bus);
    const auto report = bench::run_load(*origin, batches, options);
    if (!report) {
        return complain(report.error());
    }
    if (report->requests == 0) {
        return complain({ErrorKind::timed_out, "no request was answered", {}, {}, {}});
    }
    print_report(*report);
    return 0;
}
