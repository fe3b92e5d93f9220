#include "http/server_tls.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <latch>
#include <thread>
#include <vector>

#include "http/client.hpp"
#include "http/testing/certificate_files.hpp"
#include "http/testing/raw_tls_client.hpp"

namespace dsdash::http {
namespace {

constexpr std::string_view kClosing =
    "POST /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi";

Response echo(const Request& request) {
    Response response;
    response.body = request.target + "|" + request.body;
    return response;
}

std::chrono::steady_clock::time_point soon() {
    return std::chrono::steady_clock::now() + std::chrono::seconds(60);
}

class TlsServer : public testing::Test {
  protected:
    std::unique_ptr<Server> start(Handler handler = echo, ServerOptions options = {}) {
        options.tls = files_.tls();
        auto server = Server::start(options, std::move(handler));
        EXPECT_TRUE(server) << server.error().message;
        return std::move(*server);
    }
    static std::string origin_of(const Server& server) {
        return "https://127.0.0.1:" + std::to_string(server.port());
    }
    Client believing_client() { return Client({.ca_file = files_.certificate()}); }
    /// Empty unless the server still works.
    std::string ask(const Server& server) {
        auto client = believing_client();
        const auto answer = client.send(origin_of(server), {}, soon());
        return answer ? answer->body : answer.error().message;
    }

    CertificateFiles files_;
};

TEST_F(TlsServer, AnswersWhoBelievesItsCertificate) {
    const auto server = start();
    auto client = believing_client();
    for (const auto* target : {"/first", "/second"}) {
        Request request;
        request.target = target;
        const auto answer = client.send(origin_of(*server), request, soon());
        ASSERT_TRUE(answer) << answer.error().message;
        EXPECT_EQ(answer->body, std::string(target) + "|");
    }
    Client doubting;
    EXPECT_EQ(doubting.send(origin_of(*server), {}, soon()).error().kind, ErrorKind::denied);
}

TEST_F(TlsServer, EndsAnAnswerProperly) {
    const auto server = start();
    RawTlsClient client(server->port());
    ASSERT_TRUE(client.shake_hands());
    ASSERT_TRUE(client.send(kClosing));
    EXPECT_TRUE(client.read_to_end().ends_with("Connection: close\r\n\r\n/x|hi"));
    EXPECT_TRUE(client.was_ended_properly());
}

TEST_F(TlsServer, TakesBytesOneByOne) {
    const auto server = start();
    RawTlsClient client(server->port());
    ASSERT_TRUE(client.shake_hands(1));
    ASSERT_TRUE(client.send(kClosing, 1));
    EXPECT_TRUE(client.read_to_end().ends_with("/x|hi"));
}

TEST_F(TlsServer, AnswersPipelinedRequestsInOrder) {
    const auto server = start();
    RawTlsClient client(server->port());
    ASSERT_TRUE(client.shake_hands());
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
}

TEST_F(TlsServer, TakesALargeBodyAndGivesALargeAnswer) {
    const auto server = start();
    auto client = believing_client();
    Request request;
    request.method = "POST";
    request.body = std::string(5 * 1024 * 1024, 'x');
    const auto answer = client.send(origin_of(*server), request, soon());
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, "/|" + request.body);
}

TEST_F(TlsServer, SaysContinueBeforeTheBody) {
    const auto server = start();
    RawTlsClient client(server->port());
    ASSERT_TRUE(client.shake_hands());
    ASSERT_TRUE(
        client.send("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
                    "Connection: close\r\nContent-Length: 2\r\n\r\n"));
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    ASSERT_TRUE(client.send("ok"));
    EXPECT_TRUE(client.read_to_end().ends_with("/|ok"));
}

TEST_F(TlsServer, RefusesABodyThatIsTooLargeEvenWhileItIsSent) {
    ServerOptions options;
    options.body_bytes_max = 1000;
    const auto server = start(echo, options);
    RawTlsClient client(server->port());
    ASSERT_TRUE(client.shake_hands());
    ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\n\r\n" +
                            std::string(300'000, 'x')));
    client.socket().shut_down_sending();
    EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 413 Content Too Large"));
}

TEST_F(TlsServer, TellsWhoSpeaksPlainHttp) {
    const auto server = start();
    RawClient client(server->port());
    ASSERT_TRUE(client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n" + std::string(10'000, 'x')));
    client.shut_down_sending();
    const auto answer = client.read_to_end();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 Bad Request\r\n")) << answer;
    const std::string body = "this port takes https, not http\r\n";
    EXPECT_TRUE(answer.ends_with("\r\n\r\n" + body)) << answer;
    EXPECT_NE(answer.find("Content-Length: " + std::to_string(body.size())), std::string::npos);
}

TEST_F(TlsServer, ClosesOnWhatIsNoTls) {
    const auto server = start();
    for (const auto& bytes :
         {std::string("\r\n\r\n\r\n"), std::string(100'000, '\0'), std::string(100'000, 'A'),
          std::string("\x16\x03\x01\xff\xff") + std::string(70'000, '\x01'),
          std::string("\x80\x2e\x01\x00\x02", 5) + std::string(41, '\0')}) {
        RawClient client(server->port());
        client.send(bytes);
        client.shut_down_sending();
        EXPECT_EQ(client.read_to_end().find("HTTP/1.1"), std::string::npos);
    }
    EXPECT_EQ(ask(*server), "/|");
}

TEST_F(TlsServer, OutlivesAConversationThatIsCutAtAnyByte) {
    const auto server = start();
    // Learn how long it is, then cut it everywhere.
    for (std::size_t cut = 0;; ++cut) {
        RawTlsClient client(server->port());
        std::size_t left = cut;
        const auto send_within = [&](const std::string& bytes) {
            const auto part = std::min(left, bytes.size());
            client.send_raw(std::string_view(bytes).substr(0, part));
            left -= part;
            return part == bytes.size();
        };
        if (!client.begin_handshake(send_within)) {
            continue;
        }
        client.put(kClosing);
        if (send_within(client.take_outgoing())) {
            EXPECT_TRUE(client.read_to_end().ends_with("/x|hi"));
            EXPECT_GT(cut, 300U);
            break;
        }
    }
    EXPECT_EQ(ask(*server), "/|");
}

TEST_F(TlsServer, ClosesOnABrokenRecord) {
    const auto server = start();
    RawTlsClient client(server->port());
    ASSERT_TRUE(client.shake_hands());
    client.put(kClosing);
    auto bytes = client.take_outgoing();
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    ASSERT_TRUE(client.send_raw(bytes));
    EXPECT_EQ(client.read_to_end(), "");
}

TEST_F(TlsServer, OutlivesAClientThatGoesWhileItIsAnswered) {
    const auto server = start([](const Request& request) {
        Response response;
        if (request.target == "/large") response.body = std::string(20 * 1024 * 1024, 'x');
        return response;
    });
    for (int i = 0; i < 5; ++i) {
        RawTlsClient client(server->port());
        ASSERT_TRUE(client.shake_hands());
        ASSERT_TRUE(client.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n"));
        client.read_until("\r\n\r\nxxxx");
    }
    EXPECT_EQ(ask(*server), "");
}

TEST_F(TlsServer, GivesAHandshakeNoLongerThanTheIdleTimeout) {
    ServerOptions options;
    options.idle_timeout = std::chrono::seconds(1);
    const auto server = start(echo, options);
    RawClient silent(server->port());
    RawTlsClient slow(server->port());
    slow.begin_handshake([&](const std::string& hello) {
        for (const char byte : hello) {
            if (!slow.send_raw({&byte, 1}) || slow.socket().readable_within(50)) return false;
        }
        ADD_FAILURE() << "the whole of it was taken";
        return false;
    });
    EXPECT_EQ(silent.read_to_end(), "");
    RawTlsClient idle(server->port());
    ASSERT_TRUE(idle.shake_hands());
    EXPECT_EQ(idle.read_to_end(), "");
}

TEST_F(TlsServer, RefusesOldVersions) {
    const auto server = start();
    for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
        RawTlsClient client(server->port());
        client.offer_at_most(version);
        EXPECT_FALSE(client.shake_hands()) << version;
    }
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        RawTlsClient client(server->port());
        client.offer_at_most(version);
        ASSERT_TRUE(client.shake_hands()) << version;
        ASSERT_TRUE(client.send(kClosing));
        EXPECT_TRUE(client.read_to_end().ends_with("/x|hi"));
    }
}

TEST_F(TlsServer, SpeaksNoOtherProtocolThanItsOwn) {
    const auto server = start();
    RawTlsClient browser(server->port());
    browser.offer_protocols("\x02h2\x08http/1.1");
    ASSERT_TRUE(browser.shake_hands());
    EXPECT_EQ(browser.protocol(), "http/1.1");
    RawTlsClient other(server->port());
    other.offer_protocols("\x02h2\x0bx\x08http/1.1x");  // holds the bytes, but not the name
    EXPECT_FALSE(other.shake_hands());
}

TEST_F(TlsServer, FinishesARunningRequestBeforeItStops) {
    std::latch entered(1);
    std::latch release(1);
    auto server = start([&](const Request& request) {
        entered.count_down();
        release.wait();
        return echo(request);
    });
    RawTlsClient busy(server->port());
    ASSERT_TRUE(busy.shake_hands());
    RawTlsClient idle(server->port());
    ASSERT_TRUE(idle.shake_hands());
    RawClient silent(server->port());
    ASSERT_TRUE(busy.send("GET /busy HTTP/1.1\r\nHost: h\r\n\r\n"));
    entered.wait();
    std::thread stopping([&] { server.reset(); });
    EXPECT_EQ(idle.read_to_end(), "");
    EXPECT_EQ(silent.read_to_end(), "");
    release.count_down();
    EXPECT_TRUE(busy.read_to_end().ends_with("Connection: close\r\n\r\n/busy|"));
    stopping.join();
}

TEST_F(TlsServer, ServesManyClientsAtOnce) {
    constexpr int kClients = 8;
    constexpr int kRequests = 50;
    const auto server = start();
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int c = 0; c < kClients; ++c) {
        threads.emplace_back([&, c] {
            auto client = believing_client();
            for (int i = 0; i < kRequests; ++i) {
                Request request;
                request.method = "POST";
                request.body = std::to_string(c) + "-" + std::to_string(i);
                const auto answer = client.send(origin_of(*server), request, soon());
                right += answer && answer->body == "/|" + request.body ? 1 : 0;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(right, kClients * kRequests);
}

TEST_F(TlsServer, MayListenOffLoopback) {
    ServerOptions options;
    options.address = "0.0.0.0";
    const auto server = start(
        [](const Request& request) {
            Response response;
            response.body = request.peer;
            return response;
        },
        options);
    EXPECT_EQ(ask(*server), "127.0.0.1");
}

TEST_F(TlsServer, SaysWhichFileIsWrong) {
    const CertificateFiles others;
    const auto complaint = [](const std::filesystem::path& certificate,
                              const std::filesystem::path& key) {
        ServerOptions options;
        options.tls = ServerTls{certificate, key};
        const auto server = Server::start(options, echo);
        return server ? std::pair{ErrorKind::internal, std::string("it started")}
                      : std::pair{server.error().kind, server.error().message};
    };
    const auto missing = complaint("/nonexistent/c.pem", files_.key());
    EXPECT_EQ(missing.first, ErrorKind::not_found);
    EXPECT_EQ(missing.second,
              "cannot read the certificate /nonexistent/c.pem: No such file or directory");
    const auto keyless = complaint(files_.certificate(), "/nonexistent/k.pem");
    EXPECT_EQ(keyless.first, ErrorKind::not_found);
    EXPECT_EQ(keyless.second,
              "cannot read the private key /nonexistent/k.pem: No such file or directory");
    for (const auto& [certificate, key, text] : {
             std::tuple{files_.key(), files_.key(), "holds no certificate in PEM form: "},
             std::tuple{std::filesystem::path("/dev/null"), files_.key(),
                        "/dev/null holds no certificate in PEM form: "},
             std::tuple{std::filesystem::path("/"), files_.key(), "/ holds no certificate"},
             std::tuple{files_.certificate(), files_.certificate(),
                        "holds no private key in PEM form without a passphrase: "},
             std::tuple{files_.certificate(), files_.locked_key(),
                        "holds no private key in PEM form without a passphrase: "},
             std::tuple{files_.certificate(), others.key(), " is not that of the certificate "},
         }) {
        const auto [kind, message] = complaint(certificate, key);
        EXPECT_EQ(kind, ErrorKind::malformed_input) << text;
        EXPECT_NE(message.find(text), std::string::npos) << message;
    }
}

}  // namespace
}  // namespace dsdash::http
