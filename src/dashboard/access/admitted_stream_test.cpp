#include "dashboard/access/admitted_stream.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "dashboard/testing/fixed_gate.hpp"

namespace dsdash::dashboard {
namespace {

class Ticks final : public http::BodyStream {
  public:
    std::optional<std::string> next() override { return "tick"; }
};

/// Admits until it is told otherwise.
class ClosingGate final : public FixedGate {
  public:
    [[nodiscard]] bool still_admits(const http::Request& request) override {
        asked_for = request.target;
        return is_open;
    }
    bool is_open = true;
    std::string asked_for;
};

TEST(AdmittedStream, EndsSoonAfterWhoAskedIsNotAdmittedAnyMore) {
    ClosingGate gate;
    http::Request request;
    request.target = "/api/v1/events";
    AdmittedStream stream(std::make_shared<Ticks>(), gate, request);
    EXPECT_EQ(stream.next(), "tick");
    EXPECT_EQ(gate.asked_for, "") << "it was admitted just now";
    std::this_thread::sleep_for(AdmittedStream::kCheckInterval);
    EXPECT_EQ(stream.next(), "tick");
    EXPECT_EQ(gate.asked_for, "/api/v1/events");
    gate.is_open = false;
    std::this_thread::sleep_for(AdmittedStream::kCheckInterval);
    EXPECT_EQ(stream.next(), std::nullopt);
}

}  // namespace
}  // namespace dsdash::dashboard
