#include "cli/dashboard/dashboard_gate.hpp"

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>

#include "embedded/testing/temporary_folder.hpp"
#include "http/testing/certificate_files.hpp"

namespace dsdash::cli {
namespace {

class DashboardGate : public testing::Test {
  public:
    ~DashboardGate() override { spdlog::set_default_logger(former_logger_); }

  protected:
    DashboardGate() { spdlog::set_default_logger(std::make_shared<spdlog::logger>("", sink_)); }

    auto make(const http::ServerOptions& options, const std::vector<std::string>& names = {}) {
        return make_dashboard_gate(options, names, tokens_, "dsdash token create --data 'a b'",
                                   clock_);
    }
    [[nodiscard]] http::ServerOptions off_loopback() const {
        return {.address = "0.0.0.0", .tls = files_.tls()};
    }
    static http::Request request(const std::string& host, const std::string& token = "") {
        http::Request request;
        request.method = "GET";
        request.headers.add("Host", host);
        if (!token.empty()) request.headers.add("Authorization", "Bearer " + token);
        return request;
    }
    [[nodiscard]] std::string log() const { return log_.str(); }

    const http::CertificateFiles files_;
    const embedded::TemporaryFolder folder_;
    const embedded::TokenFile file_{folder_.path()};
    embedded::TokenWatch tokens_{file_};
    SystemClock clock_;

  private:
    std::ostringstream log_;
    std::shared_ptr<spdlog::sinks::ostream_sink_mt> sink_ =
        std::make_shared<spdlog::sinks::ostream_sink_mt>(log_);
    std::shared_ptr<spdlog::logger> former_logger_ = spdlog::default_logger();
};

TEST_F(DashboardGate, IsOpenOnLoopback) {
    for (const auto* address : {"127.0.0.1", "127.9.9.9", "::1", "::1%lo"}) {
        const auto gate = make({.address = address}).value();
        EXPECT_EQ(gate->admit(request("localhost"))->role, Role::fleet_operator) << address;
        EXPECT_TRUE(gate->check_host(request("dash.example.com"))) << address;
    }
    EXPECT_EQ(log(), "");
}

TEST_F(DashboardGate, AsksForATokenElsewhere) {
    const auto secret = file_.create({"ann", Role::viewer, {}, clock_.now()}).value();
    const auto gate = make(off_loopback()).value();
    EXPECT_EQ(gate->admit(request("localhost")).error().status, 401);
    EXPECT_EQ(gate->admit(request("localhost", secret))->name, "ann");
    EXPECT_EQ(log(), "");
    ASSERT_TRUE(file_.revoke("ann"));
    EXPECT_EQ(gate->admit(request("localhost", secret)).error().status, 401);
}

TEST_F(DashboardGate, AnswersToTheCertificatesNamesAndThoseThatAreGiven) {
    const auto gate = make(off_loopback(), {"dash.example.com"}).value();
    for (const auto* host : {"localhost", "127.0.0.1", "dash.example.com:8443"}) {
        EXPECT_FALSE(gate->check_host(request(host))) << host;
    }
    EXPECT_EQ(gate->check_host(request("evil.example"))->status, 421);
    const http::CertificateFiles nameless("");
    const auto refused = make({.address = "0.0.0.0", .tls = nameless.tls()});
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().hint.find("--host"), std::string::npos);
}

TEST_F(DashboardGate, SaysWhatMakesAToken) {
    ASSERT_TRUE(make(off_loopback()));
    EXPECT_NE(log().find("dsdash token create --data 'a b'"), std::string::npos) << log();
}

TEST_F(DashboardGate, StaysShutWhileTheTokensCannotBeTrusted) {
    std::filesystem::permissions(folder_.path(), std::filesystem::perms::all);
    const auto refused = make(off_loopback());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::denied);
}

}  // namespace
}  // namespace dsdash::cli
