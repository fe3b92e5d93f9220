#include "dashboard/access/sign_in_gate.hpp"

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <map>
#include <sstream>

#include "dashboard/testing/moving_clock.hpp"
#include "domain/json.hpp"

namespace dsdash::dashboard {
namespace {

class FakeTokens final : public DashboardTokens {
  public:
    Result<std::optional<DashboardToken>> find(const Sha256& digest) override {
        if (failure) return std::unexpected(*failure);
        const auto found = tokens.find(digest);
        if (found == tokens.end()) return std::nullopt;
        return found->second;
    }

    std::map<Sha256, DashboardToken> tokens;
    std::optional<Error> failure;
};

using Fields = std::initializer_list<std::pair<const char*, std::string>>;

class SignInGateTest : public testing::Test {
  public:
    ~SignInGateTest() override { spdlog::set_default_logger(former_logger_); }

  protected:
    SignInGateTest() {
        spdlog::set_default_logger(std::make_shared<spdlog::logger>("", sink_));
        tokens_.tokens[sha256(kViewer)] = {"ann", Role::viewer, Projects({"churn"}), {}};
        tokens_.tokens[sha256(kOperator)] = {"bob", Role::fleet_operator, {}, {}};
    }

    static http::Request request(std::string method, Fields fields = {}) {
        http::Request request;
        request.method = std::move(method);
        request.peer = "192.0.2.1";
        request.headers.add("Host", "dash.example.com:8443");
        for (const auto& [name, value] : fields) request.headers.add(name, value);
        return request;
    }
    static http::Request own(std::string method, const std::string& session = "") {
        auto made = request(std::move(method), {{"Origin", kOrigin}});
        if (!session.empty()) made.headers.add("Cookie", "dsdash_session=" + session);
        return made;
    }
    static http::Request sign_in_request(std::string_view token) {
        auto made = own("POST");
        made.headers.add("Content-Type", "application/json");
        made.body = json::serialize(json::object{{"token", token}});
        return made;
    }
    static std::string session_of(const http::Response& response) {
        const auto cookie = std::string(response.headers.find("Set-Cookie").value_or(""));
        const auto begin = std::string_view("dsdash_session=").size();
        return cookie.empty() ? "" : cookie.substr(begin, cookie.find(';') - begin);
    }
    std::string sign_in(std::string_view token) {
        return session_of(gate_.answer_session(sign_in_request(token)));
    }
    /// 200 when it is admitted.
    int ask(const http::Request& asked) {
        const auto access = gate_.admit(asked);
        return access ? 200 : access.error().status;
    }
    int ask_with(const std::string& session) { return ask(own("GET", session)); }

    static constexpr const char* kOrigin = "https://dash.example.com:8443";
    static constexpr std::string_view kViewer = "dsdash_viewer";
    static constexpr std::string_view kOperator = "dsdash_operator";

    std::ostringstream log_;
    std::shared_ptr<spdlog::sinks::ostream_sink_mt> sink_ =
        std::make_shared<spdlog::sinks::ostream_sink_mt>(log_);
    std::shared_ptr<spdlog::logger> former_logger_ = spdlog::default_logger();
    FakeTokens tokens_;
    MovingClock clock_;
    SignInGate gate_{tokens_, clock_, HostNames({"dash.example.com"})};
};

TEST_F(SignInGateTest, AdmitsNobodyWhoHasNotSignedIn) {
    for (const char* method : {"GET", "HEAD", "POST", "DELETE"}) {
        const auto refused = gate_.admit(own(method));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().status, 401);
        EXPECT_EQ(refused.error().headers.find("Content-Type"), "application/problem+json");
        EXPECT_EQ(refused.error().headers.find("WWW-Authenticate"), "Bearer");
    }
    EXPECT_EQ(ask_with("0000"), 401);
    EXPECT_EQ(gate_.answer_session(own("GET")).status, 401);
    EXPECT_EQ(gate_.answer_session(own("DELETE")).status, 401);
    EXPECT_EQ(gate_.answer_session(own("PUT")).status, 401);
}

TEST_F(SignInGateTest, AdmitsASessionAsItsToken) {
    const auto session = sign_in(kViewer);
    const auto access = gate_.admit(own("GET", session));
    ASSERT_TRUE(access);
    EXPECT_EQ(access->role, Role::viewer);
    EXPECT_EQ(access->name, "ann");
    EXPECT_TRUE(access->may_see("churn"));
    EXPECT_FALSE(access->may_see("other"));
    EXPECT_FALSE(access->may_see(""));
    EXPECT_FALSE(access->may_refresh());
    EXPECT_EQ(gate_.answer_session(own("GET", session)).body,
              R"({"role":"viewer","projects":["churn"],"name":"ann"})");
    EXPECT_TRUE(gate_.admit(own("POST", sign_in(kOperator)))->may_refresh());
}

TEST_F(SignInGateTest, AdmitsAScriptByItsToken) {
    EXPECT_EQ(ask(request("GET", {{"Authorization", "Bearer " + std::string(kViewer)}})), 200);
    EXPECT_EQ(ask(request("POST", {{"Authorization", "Bearer " + std::string(kOperator)}})), 200);
    EXPECT_EQ(ask(request("GET", {{"Authorization", "Bearer "}})), 401);
    EXPECT_EQ(ask(request("GET", {{"Authorization", "Basic " + std::string(kViewer)}})), 401);
}

TEST_F(SignInGateTest, TakesNoSessionForABadToken) {
    auto both = own("GET", sign_in(kViewer));
    both.headers.add("Authorization", "Bearer dsdash_wrong");
    EXPECT_EQ(ask(both), 401);
}

TEST_F(SignInGateTest, EndsTheSessionsOfARevokedTokenAtOnce) {
    const auto session = sign_in(kViewer);
    EXPECT_TRUE(gate_.still_admits(own("GET", session)));
    const auto bearer = request("GET", {{"Authorization", "Bearer " + std::string(kViewer)}});
    EXPECT_TRUE(gate_.still_admits(bearer));
    const auto token = tokens_.tokens.extract(sha256(kViewer));
    EXPECT_FALSE(gate_.still_admits(own("GET", session)));
    EXPECT_FALSE(gate_.still_admits(bearer));
    EXPECT_EQ(ask_with(session), 401);
    EXPECT_EQ(ask(bearer), 401);
    EXPECT_EQ(sign_in(kViewer), "");
    tokens_.tokens.emplace(token.key(), token.mapped());
    EXPECT_EQ(ask_with(session), 401) << "what has ended stays so";
}

TEST_F(SignInGateTest, FollowsATokensRights) {
    const auto session = sign_in(kViewer);
    tokens_.tokens[sha256(kViewer)].projects = Projects({"other"});
    EXPECT_FALSE(gate_.admit(own("GET", session))->may_see("churn"));
}

TEST_F(SignInGateTest, SignsOut) {
    const auto session = sign_in(kViewer);
    const auto other = sign_in(kViewer);
    const auto response = gate_.answer_session(own("DELETE", session));
    EXPECT_EQ(response.status, 204);
    EXPECT_NE(response.headers.find("Set-Cookie")->find("Max-Age=0"), std::string_view::npos);
    EXPECT_EQ(ask_with(session), 401);
    EXPECT_EQ(ask_with(other), 200);
}

TEST_F(SignInGateTest, TakesNoSessionIdFromTheClient) {
    const std::string planted(64, 'a');
    auto fixed = sign_in_request(kViewer);
    fixed.headers.add("Cookie", "dsdash_session=" + planted);
    const auto session = session_of(gate_.answer_session(fixed));
    EXPECT_NE(session, planted);
    EXPECT_EQ(ask_with(planted), 401);

    // Who signs in anew does not leave the session before behind.
    auto again = sign_in_request(kOperator);
    again.headers.add("Cookie", "dsdash_session=" + session);
    const auto second = session_of(gate_.answer_session(again));
    EXPECT_NE(second, session);
    EXPECT_EQ(ask_with(session), 401);
    EXPECT_EQ(ask_with(second), 200);
}

TEST_F(SignInGateTest, LetsNoOtherSitesPageUseASession) {
    const auto session = sign_in(kOperator);
    const auto with = [&](std::string method, Fields fields) {
        auto made = request(std::move(method), fields);
        made.headers.add("Cookie", "dsdash_session=" + session);
        return ask(made);
    };
    EXPECT_EQ(with("POST", {{"Origin", "https://evil.example"}}), 403);
    EXPECT_EQ(with("POST", {{"Origin", "http://dash.example.com:8443"}}), 403);
    EXPECT_EQ(with("POST", {{"Origin", "null"}}), 403);
    EXPECT_EQ(with("POST", {}), 403);
    EXPECT_EQ(with("POST", {{"Origin", kOrigin}, {"Sec-Fetch-Site", "same-site"}}), 403);
    EXPECT_EQ(with("GET", {{"Sec-Fetch-Site", "cross-site"}}), 403);
    EXPECT_EQ(with("GET", {{"Origin", "https://evil.example"}}), 403);
    EXPECT_EQ(with("POST", {{"Origin", kOrigin}}), 200);
    EXPECT_EQ(with("GET", {}), 200);
}

TEST_F(SignInGateTest, LetsNoOtherSitesPageSignIn) {
    for (const char* origin : {"https://evil.example", "null", ""}) {
        auto foreign = request("POST", {{"Origin", origin}, {"Content-Type", "application/json"}});
        foreign.body = sign_in_request(kViewer).body;
        const auto response = gate_.answer_session(foreign);
        EXPECT_EQ(response.status, 403) << origin;
        EXPECT_EQ(response.headers.find("Set-Cookie"), std::nullopt);
    }
    auto silent = request("POST", {{"Content-Type", "application/json"}});
    silent.body = sign_in_request(kViewer).body;
    EXPECT_EQ(gate_.answer_session(silent).status, 403);
}

TEST_F(SignInGateTest, AnswersABruteForceWithALaterTime) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(gate_.answer_session(sign_in_request("dsdash_" + std::to_string(i))).status, 401);
    }
    const auto refused = gate_.answer_session(sign_in_request(kViewer));
    EXPECT_EQ(refused.status, 429) << "right or wrong";
    EXPECT_EQ(refused.headers.find("Retry-After"), "60");
    EXPECT_EQ(refused.headers.find("Set-Cookie"), std::nullopt);
    auto elsewhere = sign_in_request(kViewer);
    elsewhere.peer = "192.0.2.2";
    EXPECT_EQ(gate_.answer_session(elsewhere).status, 204);
    clock_.pass(std::chrono::seconds(60));
    EXPECT_EQ(gate_.answer_session(sign_in_request(kViewer)).status, 204);
}

TEST_F(SignInGateTest, AnswersManyBadTokensWithALaterTimeButGoodOnesAlways) {
    const auto bad = request("GET", {{"Authorization", "Bearer dsdash_0"}});
    for (int i = 0; i < 5; ++i) EXPECT_EQ(ask(bad), 401);
    EXPECT_EQ(ask(bad), 429);
    EXPECT_EQ(ask(request("GET", {{"Authorization", "Bearer " + std::string(kViewer)}})), 200);
    EXPECT_NE(sign_in(kViewer), "") << "a script with an old token locks nobody out";
}

TEST_F(SignInGateTest, TakesSignInsAsJsonOnly) {
    for (const char* body : {"", "{", "[]", "\"dsdash_viewer\"", "{}", R"({"token":1})",
                             R"({"token":null})", R"({"Token":"dsdash_viewer"})"}) {
        auto bad = sign_in_request("");
        bad.body = body;
        EXPECT_EQ(gate_.answer_session(bad).status, 400) << body;
    }
    auto form = own("POST");
    form.headers.add("Content-Type", "text/plain");
    form.body = sign_in_request(kViewer).body;
    EXPECT_EQ(gate_.answer_session(form).status, 400);
    EXPECT_EQ(gate_.answer_session(sign_in_request(std::string(5000, 'x'))).status, 400);
    EXPECT_EQ(gate_.answer_session(sign_in_request("")).status, 401);
}

TEST_F(SignInGateTest, KnowsOnlyItsOwnNames) {
    EXPECT_FALSE(gate_.check_host(own("GET")));
    for (const char* host : {"evil.example", "localhost", "127.0.0.1", ""}) {
        http::Request foreign;
        foreign.headers.add("Host", host);
        EXPECT_EQ(gate_.check_host(foreign)->status, 421) << host;
    }
}

TEST_F(SignInGateTest, LetsNobodyInWhileTokensCannotBeRead) {
    const auto session = sign_in(kViewer);
    tokens_.failure = Error{ErrorKind::malformed_input, "/srv/dash/tokens is broken", "", "", ""};
    EXPECT_EQ(ask_with(session), 503);
    EXPECT_EQ(ask(request("GET", {{"Authorization", "Bearer " + std::string(kViewer)}})), 503);
    EXPECT_FALSE(gate_.still_admits(own("GET", session)));
    const auto refused = gate_.answer_session(sign_in_request(kViewer));
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.body.find("/srv"), std::string::npos);
    EXPECT_NE(log_.str().find("/srv/dash/tokens is broken"), std::string::npos);
    tokens_.failure.reset();
    EXPECT_EQ(ask_with(session), 200);
}

TEST_F(SignInGateTest, LogsNoSecret) {
    const auto session = sign_in(kViewer);
    static_cast<void>(sign_in("dsdash_wrong\ninjected"));
    ask(request("GET", {{"Authorization", "Bearer dsdash_bad"}}));
    ask_with(session);
    const auto log = log_.str();
    EXPECT_NE(log.find("ann signed in to the dashboard from 192.0.2.1"), std::string::npos) << log;
    EXPECT_NE(log.find("refused a sign-in to the dashboard from 192.0.2.1"), std::string::npos);
    EXPECT_EQ(log.find("dsdash_"), std::string::npos) << log;
    EXPECT_EQ(log.find(session), std::string::npos);
    EXPECT_EQ(log.find("injected"), std::string::npos);
}

}  // namespace
}  // namespace dsdash::dashboard
