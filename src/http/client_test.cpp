#include "http/client.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <thread>

#include "http/server.hpp"

namespace dsdash::http {
namespace {

std::chrono::steady_clock::time_point soon() {
    return std::chrono::steady_clock::now() + std::chrono::seconds(30);
}

/// A peer that plays a script: one answer for each connection, whatever is asked.
class ScriptedPeer {
  public:
    explicit ScriptedPeer(std::vector<std::string> answers)
        : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        void* const any = &address;
        socklen_t size = sizeof address;
        EXPECT_EQ(::bind(listener_, static_cast<sockaddr*>(any), size), 0);
        EXPECT_EQ(::listen(listener_, 16), 0);
        EXPECT_EQ(::getsockname(listener_, static_cast<sockaddr*>(any), &size), 0);
        origin = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
        thread_ = std::thread([this, answers = std::move(answers)] { play(answers); });
    }
    ~ScriptedPeer() {
        if (thread_.joinable()) {
            thread_.join();
        }
        ::close(listener_);
    }

    /// What each connection received first; waits until the script has been played.
    const std::vector<std::string>& requests() {
        thread_.join();
        return requests_;
    }

    std::string origin;

  private:
    void play(const std::vector<std::string>& answers) {
        for (const auto& answer : answers) {
            const int client = ::accept(listener_, nullptr, nullptr);
            std::array<char, 4096> room{};
            const auto count = ::recv(client, room.data(), room.size(), 0);
            EXPECT_GT(count, 0);
            requests_.emplace_back(room.data(),
                                   static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
            EXPECT_EQ(::send(client, answer.data(), answer.size(), MSG_NOSIGNAL),
                      static_cast<ssize_t>(answer.size()));
            ::close(client);
        }
    }

    std::vector<std::string> requests_;
    int listener_;
    std::thread thread_;
};

constexpr std::string_view kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";

TEST(Client, SendsMethodTargetFieldsAndBody) {
    Request seen;
    const auto server = Server::start({}, [&](const Request& request) {
        seen = request;
        return Response{};
    });
    ASSERT_TRUE(server);
    const auto origin = "http://127.0.0.1:" + std::to_string((*server)->port());
    Request request;
    request.method = "POST";
    request.target = "/a?b=c";
    request.headers.add("X-One", "1");
    request.body = "hello";
    Client client;
    ASSERT_TRUE(client.send(origin, request, soon()));
    EXPECT_EQ(seen.method, "POST");
    EXPECT_EQ(seen.target, "/a?b=c");
    EXPECT_EQ(seen.headers.find("X-One"), "1");
    EXPECT_EQ(seen.headers.find("Host"), origin.substr(7));
    EXPECT_EQ(seen.body, "hello");
}

TEST(Client, OpensAKeptConnectionAnewWhenThePeerHasClosedIt) {
    ScriptedPeer peer({std::string(kOk) + "a1", std::string(kOk) + "a2"});
    Client client;
    const auto first = client.send(peer.origin, {}, soon());
    const auto second = client.send(peer.origin, {}, soon());
    ASSERT_TRUE(first);
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_EQ(first->body, "a1");
    EXPECT_EQ(second->body, "a2");
}

TEST(Client, CallsAFreshConnectionWithoutAnAnswerUnreachable) {
    ScriptedPeer peer({""});
    Client client;
    const auto answer = client.send(peer.origin, {}, soon());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::unreachable);
}

TEST(Client, SendsNothingTwiceOnceAnAnswerHasBegun) {
    ScriptedPeer peer({std::string(kOk) + "ok", std::string(kOk) + "1"});
    Client client;
    ASSERT_TRUE(client.send(peer.origin, {}, soon()));
    const auto cut = client.send(peer.origin, {}, soon());
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().kind, ErrorKind::unreachable);
}

TEST(Client, TimesOutAtTheDeadline) {
    std::atomic<bool> release = false;
    auto server = Server::start({}, [&](const Request&) {
        release.wait(false);
        return Response{};
    });
    ASSERT_TRUE(server);
    Client client;
    const auto begun = std::chrono::steady_clock::now();
    const auto answer = client.send("http://127.0.0.1:" + std::to_string((*server)->port()), {},
                                    begun + std::chrono::milliseconds(50));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::timed_out);
    EXPECT_GE(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(50));
    release = true;
    release.notify_all();
}

TEST(Client, CallsAClosedPortUnreachable) {
    std::uint16_t port = 0;
    {
        auto server = Server::start({}, [](const Request&) { return Response{}; });
        ASSERT_TRUE(server);
        port = (*server)->port();
    }
    Client client;
    const auto answer = client.send("http://127.0.0.1:" + std::to_string(port), {}, soon());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::unreachable);
    EXPECT_NE(answer.error().message.find(std::to_string(port)), std::string::npos);
}

TEST(Client, LetsNoFieldForgeAnother) {
    Client client;
    Request request;
    request.headers.add("X-One", "1\r\nX-Two: 2");
    const auto answer = client.send("http://127.0.0.1:1", request, soon());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::malformed_input);
    EXPECT_NE(answer.error().message.find("X-One"), std::string::npos);
}

TEST(Client, RefusesTlsToAPeerThatSpeaksNone) {
    ScriptedPeer peer({"HTTP/1.1 400 Bad Request\r\n\r\n"});
    Client client;
    const auto answer = client.send(
        "https://" + peer.origin.substr(std::string_view("http://").size()), {}, soon());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::unreachable);
}

ClientOptions by_proxy(const std::string& proxy) {
    return {.proxies = {.for_https = proxy, .for_http = proxy, .except = ""}};
}

TEST(Client, AsksAProxyForTheWholeUrl) {
    ScriptedPeer proxy({std::string(kOk) + "ok"});
    Client client(by_proxy("http://u:p@" + proxy.origin.substr(7)));
    const auto answer = client.send("http://example.com:81", {}, soon());
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, "ok");
    const auto& request = proxy.requests().at(0);
    EXPECT_TRUE(request.starts_with(
        "GET http://example.com:81/ HTTP/1.1\r\nProxy-Authorization: Basic dTpw\r\n"
        "Host: example.com:81\r\n"))
        << request;
}

TEST(Client, AsksAProxyForATunnelToAnHttpsOrigin) {
    ScriptedPeer proxy({"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"});
    Client client(by_proxy(proxy.origin));
    const auto answer = client.send("https://example.com", {}, soon());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::unreachable);
    EXPECT_NE(answer.error().message.find("403"), std::string::npos) << answer.error().message;
    EXPECT_EQ(proxy.requests().at(0),
              "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n");
}

TEST(Client, SpeaksTlsThroughTheTunnel) {
    // The proxy grants the tunnel and closes it: what fails then is TLS.
    ScriptedPeer proxy({"HTTP/1.1 200 Connection established\r\n\r\n"});
    Client client(by_proxy(proxy.origin));
    const auto answer = client.send("https://example.com", {}, soon());
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().message.find("no TLS connection to example.com"), std::string::npos)
        << answer.error().message;
}

TEST(Client, CallsAProxyThatKnowsUsNotDenied) {
    ScriptedPeer proxy({"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"});
    Client client(by_proxy(proxy.origin));
    const auto answer = client.send("https://example.com", {}, soon());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::denied);
}

TEST(Client, NamesAFileOfCertificatesThatIsNone) {
    Client missing({.ca_file = "/nonexistent/ca.pem"});
    const auto nowhere = missing.prepare_tls();
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().kind, ErrorKind::not_found);
    EXPECT_NE(nowhere.error().message.find("/nonexistent/ca.pem"), std::string::npos);
    Client wrong({.ca_file = "/proc/self/status"});
    EXPECT_EQ(wrong.prepare_tls().error().kind, ErrorKind::malformed_input);
    Client garbage({.ca_pem = "no PEM"});
    EXPECT_FALSE(garbage.prepare_tls());
}

}  // namespace
}  // namespace dsdash::http
