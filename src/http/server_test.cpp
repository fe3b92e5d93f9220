#include "http/server.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <latch>
#include <thread>
#include <vector>

#include "http/client.hpp"
#include "http/raw_client.hpp"

namespace dsdash::http {
namespace {

Response echo(const Request& request) {
    Response response;
    response.headers.add("X-Method", request.method);
    response.body = request.target + "|" + request.body;
    return response;
}

std::unique_ptr<Server> start(Handler handler = echo, ServerOptions options = {}) {
    auto server = Server::start(options, std::move(handler));
    EXPECT_TRUE(server) << server.error().message;
    return std::move(*server);
}

constexpr std::string_view kClosing =
    "POST /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi";

std::string status_line(const std::string& answer) {
    return answer.substr(0, answer.find('\r'));
}

TEST(Server, AnswersAndCloses) {
    const auto server = start();
    RawClient client(server->port());
    ASSERT_TRUE(client.send(kClosing));
    const auto answer = client.read_to_end();
    EXPECT_EQ(status_line(answer), "HTTP/1.1 200 OK");
    EXPECT_TRUE(answer.ends_with("Connection: close\r\n\r\n/x|hi")) << answer;
    EXPECT_NE(answer.find("\r\nDate: "), std::string::npos);
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    const auto server = start();
    RawClient client(server->port());
    std::string all;
    for (int i = 0; i < 50; ++i) {
        all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n";
    }
    ASSERT_TRUE(client.send(all + std::string(kClosing)));
    const auto answers = client.read_to_end();
    std::size_t at = 0;
    for (int i = 0; i < 50; ++i) {
        at = answers.find("\r\n\r\n/" + std::to_string(i) + "|", at);
        ASSERT_NE(at, std::string::npos) << i;
    }
    EXPECT_TRUE(answers.ends_with("/x|hi"));
}

TEST(Server, SendsNoBodyToHead) {
    const auto server = start();
    RawClient client(server->port());
    ASSERT_TRUE(client.send("HEAD /abc HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"));
    const auto answer = client.read_to_end();
    EXPECT_NE(answer.find("Content-Length: 5\r\n"), std::string::npos);
    EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST(Server, SaysContinueBeforeTheBody) {
    const auto server = start();
    RawClient client(server->port());
    ASSERT_TRUE(
        client.send("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
                    "Connection: close\r\nContent-Length: 2\r\n\r\n"));
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    ASSERT_TRUE(client.send("ok"));
    EXPECT_TRUE(client.read_to_end().ends_with("/|ok"));
}

TEST(Server, RefusesBadBytesAndCloses) {
    const auto server = start();
    RawClient client(server->port());
    ASSERT_TRUE(client.send("GET / HTTP/1.1\nHost: h\n\n"));
    EXPECT_EQ(status_line(client.read_to_end()), "HTTP/1.1 400 Bad Request");
}

TEST(Server, HasItsRefusalHandlerAnswerWhatTheHandlerNeverSees) {
    ServerOptions options;
    options.body_bytes_max = 1000;
    options.refuse = [](const Request& head, int status, std::string_view reason) {
        const auto asked = head.headers.find("X-Asked").value_or("-");
        auto response = plain_refusal(head, status, reason);
        response.body = head.method + " " + head.target + " " + std::string(asked) + " " +
                        std::string(reason) + head.body;
        return response;
    };
    const auto server = start(echo, options);
    for (const auto& [bytes, answer] : {
             std::pair{"POST /p HTTP/1.1\r\nHost: h\r\nX-Asked: a\r\nContent-Length: 1001\r\n\r\nx",
                       "POST /p a body too large"},
             {"POST /p HTTP/1.1\r\nHost: h\r\nX-Asked: a\r\nContent-Length: x\r\n\r\n",
              "POST /p a malformed request"},
             {"\x16\x03\x01\n", "  - line feed without carriage return"},
         }) {
        RawClient client(server->port());
        ASSERT_TRUE(client.send(bytes));
        client.shut_down_sending();
        const auto text = client.read_to_end();
        EXPECT_EQ(text.substr(text.find("\r\n\r\n") + 4), answer);
    }
}

TEST(Server, RefusesABodyThatIsTooLargeEvenWhileItIsSent) {
    ServerOptions options;
    options.body_bytes_max = 1000;
    const auto server = start(echo, options);
    RawClient client(server->port());
    ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\n\r\n" +
                            std::string(300000, 'x')));
    client.shut_down_sending();
    EXPECT_EQ(status_line(client.read_to_end()), "HTTP/1.1 413 Content Too Large");
}

TEST(Server, TakesALargeBodyAndGivesALargeAnswer) {
    const auto server = start();
    Client client;
    Request request;
    request.method = "POST";
    request.body = std::string(5 * 1024 * 1024, 'x');
    const auto answer = client.send("http://127.0.0.1:" + std::to_string(server->port()), request,
                                    std::chrono::steady_clock::now() + std::chrono::seconds(60));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, "/|" + request.body);
}

TEST(Server, ClosesIdleConnections) {
    ServerOptions options;
    options.idle_timeout = std::chrono::seconds(1);
    const auto server = start(echo, options);
    RawClient client(server->port());
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(Server, ClosesOnAClientThatSendsAByteNowAndThen) {
    ServerOptions options;
    options.idle_timeout = std::chrono::seconds(1);
    const auto server = start(echo, options);
    RawClient client(server->port());
    const auto begun = std::chrono::steady_clock::now();
    while (client.send("x") && !client.readable_within(50)) {
        ASSERT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(30));
    }
}

TEST(Server, AnswersOverloadWith503) {
    std::latch entered(1);
    std::latch release(1);
    ServerOptions options;
    options.workers = 1;
    options.queue_max = 1;
    const auto server = start(
        [&](const Request& request) {
            if (request.target == "/first") {
                entered.count_down();
                release.wait();
            }
            return echo(request);
        },
        options);
    RawClient first(server->port());
    ASSERT_TRUE(first.send("GET /first HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"));
    entered.wait();
    // One of the next two waits in the queue, the other finds it full.
    RawClient second(server->port());
    RawClient third(server->port());
    ASSERT_TRUE(second.send(kClosing));
    ASSERT_TRUE(third.send(kClosing));
    RawClient* refused = nullptr;
    while (refused == nullptr) {
        refused = second.readable_within(5) ? &second : third.readable_within(5) ? &third : nullptr;
    }
    EXPECT_EQ(status_line(refused->read_to_end()), "HTTP/1.1 503 Service Unavailable");
    release.count_down();
    auto& served = refused == &second ? third : second;
    EXPECT_EQ(status_line(served.read_to_end()), "HTTP/1.1 200 OK");
    EXPECT_EQ(status_line(first.read_to_end()), "HTTP/1.1 200 OK");
}

TEST(Server, RefusesConnectionsBeyondTheLimit) {
    ServerOptions options;
    options.connections_max = 1;
    const auto server = start(echo, options);
    RawClient first(server->port());
    ASSERT_TRUE(first.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
    first.read_until("/|");
    RawClient second(server->port());
    EXPECT_EQ(status_line(second.read_to_end()), "HTTP/1.1 503 Service Unavailable");
}

TEST(Server, FinishesARunningRequestBeforeItStops) {
    std::latch entered(1);
    std::latch release(1);
    auto server = start([&](const Request& request) {
        entered.count_down();
        release.wait();
        return echo(request);
    });
    const auto port = server->port();
    RawClient busy(port);
    RawClient idle(port);
    ASSERT_TRUE(busy.send("GET /busy HTTP/1.1\r\nHost: h\r\n\r\n"));
    entered.wait();
    std::thread stopping([&] { server.reset(); });
    EXPECT_EQ(idle.read_to_end(), "");  // closed at once: the stop has begun
    release.count_down();
    EXPECT_TRUE(busy.read_to_end().ends_with("Connection: close\r\n\r\n/busy|"));
    stopping.join();
    EXPECT_FALSE(RawClient(port).connected());
}

TEST(Server, ServesManyClientsAtOnce) {
    constexpr int kClients = 8;
    constexpr int kRequests = 200;
    const auto server = start();
    const auto origin = "http://127.0.0.1:" + std::to_string(server->port());
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int c = 0; c < kClients; ++c) {
        threads.emplace_back([&, c] {
            Client client;
            for (int i = 0; i < kRequests; ++i) {
                Request request;
                request.method = "POST";
                request.body = std::to_string(c) + "-" + std::to_string(i);
                const auto answer = client.send(
                    origin, request, std::chrono::steady_clock::now() + std::chrono::seconds(30));
                right += answer && answer->body == "/|" + request.body ? 1 : 0;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(right, kClients * kRequests);
}

TEST(Server, LeavesNoSocketToChildProcesses) {
    const auto server = start();
    RawClient client(server->port());
    ASSERT_TRUE(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
    client.read_until("/|");
    int sockets = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;  // the directory's own descriptor
        const auto target = std::filesystem::read_symlink(entry.path(), gone).string();
        if (!gone && target.starts_with("socket:")) {
            ++sockets;
            EXPECT_NE(::fcntl(std::stoi(entry.path().filename()), F_GETFD) & FD_CLOEXEC, 0);
        }
    }
    EXPECT_GE(sockets, 3);
}

TEST(Server, ListensOnIpv6Too) {
    ServerOptions options;
    options.address = "::1";
    auto server = Server::start(options, echo);
    if (!server) {
        GTEST_SKIP() << "this machine has no IPv6 loopback: " << server.error().message;
    }
    Client client;
    const auto answer = client.send("http://[::1]:" + std::to_string((*server)->port()), Request{},
                                    std::chrono::steady_clock::now() + std::chrono::seconds(30));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, "/|");
}

TEST(Server, RefusesAddressesThatItMustNotServe) {
    const auto refusal = [](const std::string& address) {
        ServerOptions options;
        options.address = address;
        const auto server = Server::start(options, echo);
        const auto checked = check_options(options);
        const auto kind_of = [](const auto& answer) {
            return answer ? std::optional<ErrorKind>() : answer.error().kind;
        };
        EXPECT_EQ(kind_of(checked), kind_of(server)) << address;
        return kind_of(server);
    };
    EXPECT_EQ(refusal("0.0.0.0"), ErrorKind::denied);
    EXPECT_EQ(refusal("::"), ErrorKind::denied);
    EXPECT_EQ(refusal("192.0.2.1"), ErrorKind::denied);
    EXPECT_EQ(refusal("localhost"), ErrorKind::malformed_input);
    EXPECT_EQ(refusal("127.0.0.1:80"), ErrorKind::malformed_input);
    EXPECT_EQ(refusal(""), ErrorKind::malformed_input);
}

TEST(Server, SaysWhatServingOffLoopbackTakes) {
    ServerOptions options;
    options.address = "0.0.0.0";
    const auto server = Server::start(options, echo);
    ASSERT_FALSE(server);
    EXPECT_EQ(server.error().message,
              "0.0.0.0 is not a loopback address, and this server has no TLS");
    EXPECT_NE(server.error().hint.find("--tls-certificate"), std::string::npos);
}

TEST(Server, KnowsWhoAsks) {
    const auto server = start([](const Request& request) {
        Response response;
        response.body = request.peer;
        return response;
    });
    RawClient client(server->port());
    ASSERT_TRUE(client.send(kClosing));
    EXPECT_TRUE(client.read_to_end().ends_with("\r\n\r\n127.0.0.1"));
}

TEST(Server, SaysWhenThePortIsTaken) {
    const auto server = start();
    ServerOptions options;
    options.port = server->port();
    const auto second = Server::start(options, echo);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::conflict);
    EXPECT_NE(second.error().message.find(std::to_string(options.port)), std::string::npos);
}

/// Says what it is given, a piece each time it is asked.
class Pieces final : public BodyStream {
  public:
    explicit Pieces(std::vector<std::string> pieces, std::atomic<int>* asked = nullptr)
        : pieces_(std::move(pieces)), asked_(asked) {}
    std::optional<std::string> next() override {
        if (asked_ != nullptr) ++*asked_;
        if (at_ == pieces_.size()) return std::nullopt;
        return pieces_[at_++];
    }

  private:
    std::vector<std::string> pieces_;
    std::size_t at_ = 0;
    std::atomic<int>* asked_;
};

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

Handler streaming(std::shared_ptr<BodyStream> stream) {
    return [stream = std::move(stream)](const Request&) {
        Response response;
        response.body = "begun|";
        response.stream = stream;
        return response;
    };
}

TEST(ServerStream, SendsPieceByPieceAndClosesAtTheEnd) {
    const auto server =
        start(streaming(std::make_shared<Pieces>(std::vector<std::string>{"one|", "", "two"})));
    RawClient client(server->port());
    ASSERT_TRUE(client.send(kGet));
    const auto answer = client.read_to_end();
    EXPECT_TRUE(answer.ends_with("Connection: close\r\n\r\nbegun|one|two")) << answer;
    EXPECT_EQ(answer.find("Content-Length"), std::string::npos);
}

TEST(ServerStream, SendsWhatThereIsBeforeTheEnd) {
    const auto server =
        start(streaming(std::make_shared<Pieces>(std::vector<std::string>(1000, "piece"))));
    RawClient client(server->port());
    ASSERT_TRUE(client.send(kGet));
    EXPECT_TRUE(client.read_until("begun|piecepiece").ends_with("begun|piecepiece"));
    EXPECT_TRUE(client.send("more that nobody reads"));
    EXPECT_TRUE(client.read_until("piece").ends_with("piece"));
}

TEST(ServerStream, IsNotAskedOnceItsClientHasGone) {
    std::atomic<int> asked = 0;
    const auto server =
        start(streaming(std::make_shared<Pieces>(std::vector<std::string>(1000, ""), &asked)));
    {
        RawClient client(server->port());
        ASSERT_TRUE(client.send(kGet));
        client.read_until("begun|");
    }
    for (int before = -1; before != asked;) {
        before = asked;
        std::this_thread::sleep_for(2 * kStreamInterval);
    }
    EXPECT_LT(asked, 1000);
}

TEST(ServerStream, EndsWhenTheServerStops) {
    auto server =
        start(streaming(std::make_shared<Pieces>(std::vector<std::string>(100'000, "piece"))));
    RawClient client(server->port());
    ASSERT_TRUE(client.send(kGet));
    client.read_until("begun|");
    const auto began = std::chrono::steady_clock::now();
    server.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(4));
    client.read_to_end();
}

TEST(ServerStream, OfAHeadIsNotSent) {
    const auto server = start(streaming(std::make_shared<Pieces>(std::vector<std::string>{"one"})));
    RawClient client(server->port());
    ASSERT_TRUE(client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n"));
    EXPECT_TRUE(client.read_to_end().ends_with("\r\n\r\n"));
}

}  // namespace
}  // namespace dsdash::http
