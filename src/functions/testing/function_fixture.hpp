#pragma once

#include <fmt/format.h>

#include "functions/run_function.hpp"
#include "services/testing/fake_aws_api.hpp"
#include "services/testing/fake_event_bridge.hpp"
#include "services/testing/fake_services.hpp"

namespace dsdash::functions {

/// Gives fetch-1, fetch-2, ….
class CountingUuids final : public UuidSource {
  public:
    std::string next() override { return "fetch-" + std::to_string(++count_); }

  private:
    int count_ = 0;
};

/// A function's surroundings, all fake; account 111111111111 in eu-west-1.
struct FunctionFixture {
    FakeClock clock;
    FakeAwsApi aws{"111111111111"};
    FakeEventBridge event_bridge{aws, clock};
    FakeParameterStore parameters;
    FakeEventBus bus;
    FakeMetricTable metric_table;
    FakeHubState hub_state;
    CountingUuids uuids;
    Environment environment;
    std::chrono::seconds timeout{60};

    Services services() {
        return {aws,   parameters, bus,         metric_table,        hub_state,
                clock, uuids,      environment, clock.time + timeout};
    }

    Result<std::string> run(std::string_view handler, std::string_view payload) {
        auto invocation = services();
        return run_function(handler, payload, invocation);
    }

    json::object answer_of(std::string_view handler, std::string_view payload) {
        return object_of(run(handler, payload).value());
    }
};

inline Event make_event(std::string_view source, std::string_view detail_type,
                        std::string_view detail, std::string_view account = "222222222222",
                        std::string_view id = "event-1") {
    return {std::string(id),
            std::string(source),
            std::string(detail_type),
            AccountId::parse(account).value(),
            Region::parse("eu-west-1").value(),
            parse_iso8601("2026-11-23T12:00:00Z").value(),
            {},
            std::string(detail)};
}

/// "222222222222 spoke created" for each account in an answer of the connection function.
inline std::vector<std::string> lines(const json::object& answer) {
    std::vector<std::string> out;
    for (const auto& account : answer.at("Accounts").as_array()) {
        out.push_back(fmt::format("{} {} {}", account.at("AccountId").as_string().c_str(),
                                  account.at("Role").as_string().c_str(),
                                  account.at("Result").as_string().c_str()));
    }
    return out;
}

}  // namespace dsdash::functions
