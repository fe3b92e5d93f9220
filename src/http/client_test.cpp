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
        thread_.join();
        ::close(listener_);
    }

    std::string origin;

  private:
    void play(const std::vector<std::string>& answers) const {
        for (const auto& answer : answers) {
            const int client = ::accept(listener_, nullptr, nullptr);
            std::array<char, 4096> room{};
            EXPECT_GT(::recv(client, room.data(), room.size(), 0), 0);
            EXPECT_EQ(::send(client, answer.data(), answer.size(), MSG_NOSIGNAL),
                      static_cast<ssize_t>(answer.size()));
            ::close(client);
        }
    }

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

}  // namespace
}  // namespace dsdash::http
