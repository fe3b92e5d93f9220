#include "http/server.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <ctime>
#include <unordered_map>
#include <vector>

#include "http/connection.hpp"
#include "http/plain_stream.hpp"
#include "http/response_head.hpp"
#include "http/server_tls.hpp"
#include "http/tls_stream.hpp"

namespace dsdash::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::chrono::seconds kReapInterval{1};
constexpr std::chrono::seconds kStopTime{5};
constexpr std::size_t kScratchBytes = 64 * 1024;
constexpr int kAcceptsAtOnce = 64;

/// Empty when it has gone already. An IPv4 client of an IPv6 socket has its IPv4 address.
std::string address_of_peer(const tcp::socket& socket) {
    error_code error;
    const auto address = socket.remote_endpoint(error).address();
    if (error) {
        return {};
    }
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    }
    return address.to_string();
}

Result<asio::ip::address> address_to_listen_at(const ServerOptions& options) {
    error_code error;
    auto address = asio::ip::make_address(options.address, error);
    if (error) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("'{}' is no IPv4 or IPv6 address", options.address));
    }
    if (!options.tls && !address.is_loopback()) {
        auto refused = fail(ErrorKind::denied,
                            fmt::format("{} is not a loopback address, and this server has no TLS",
                                        options.address));
        refused.error().hint = "give it a certificate: --tls-certificate FILE --tls-key FILE";
        return refused;
    }
    return address;
}

}  // namespace

bool is_loopback(const std::string& address) {
    error_code error;
    const auto parsed = asio::ip::make_address(address, error);
    return !error && parsed.is_loopback();
}

Result<void> check_options(const ServerOptions& options) {
    if (auto address = address_to_listen_at(options); !address) {
        return std::unexpected(std::move(address.error()));
    }
    if (!options.tls) {
        return {};
    }
    if (auto context = load_server_tls(*options.tls); !context) {
        return std::unexpected(std::move(context.error()));
    }
    return {};
}

/// The io thread and what belongs to it.
class Server::State final : public ConnectionOwner {
  public:
    State(const ServerOptions& options, Handler handler)
        : options_(options),
          handler_(std::move(handler)),
          scratch_(kScratchBytes),
          acceptor_(io_),
          timer_(io_),
          stream_timer_(io_),
          pool_(options.workers, options.queue_max) {}

    Result<void> listen();
    void run();
    void stop();
    [[nodiscard]] std::uint16_t port() const { return port_; }

  private:
    [[nodiscard]] const ServerOptions& options() const override { return options_; }
    [[nodiscard]] const Handler& handler() const override { return handler_; }
    WorkerPool& pool() override { return pool_; }
    std::string_view http_date() override;
    void forget(Connection& connection) override;
    void serve_streams() override;

    void wait_for_clients();
    void accept_clients();
    void adopt(int descriptor);
    std::unique_ptr<Stream> make_stream(tcp::socket socket);
    void schedule_reaper();
    void reap();
    void begin_stop();

    const ServerOptions options_;
    const Handler handler_;
    std::vector<char> scratch_;
    std::optional<asio::ssl::context> tls_;
    std::string date_;
    std::time_t date_second_ = 0;
    std::uint16_t port_ = 0;
    bool stopping_ = false;
    bool accepting_ = false;
    bool serving_streams_ = false;

    // In this order: the pool's threads end first, as they post to io_.
    asio::io_context io_{1};
    tcp::acceptor acceptor_;
    asio::steady_timer timer_;
    asio::steady_timer stream_timer_;
    std::unordered_map<Connection*, std::shared_ptr<Connection>> connections_;
    WorkerPool pool_;
    std::thread thread_;
};

Result<void> Server::State::listen() {
    auto address = address_to_listen_at(options_);
    if (!address) {
        return std::unexpected(std::move(address.error()));
    }
    if (options_.tls) {
        auto context = load_server_tls(*options_.tls);
        if (!context) {
            return std::unexpected(std::move(context.error()));
        }
        tls_ = std::move(*context);
    }
    const tcp::endpoint endpoint(*address, options_.port);
    // Asio would open the socket without CLOEXEC, and a child process would keep the port.
    const int descriptor = ::socket(endpoint.protocol().family(),
                                    SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP);
    if (descriptor < 0) {
        return fail(ErrorKind::internal, fmt::format("cannot open a socket: errno {}", errno));
    }
    error_code error;
    acceptor_.assign(endpoint.protocol(), descriptor);
    acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    acceptor_.bind(endpoint, error);
    if (!error) {
        acceptor_.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        const bool taken = error == asio::error::address_in_use;
        return fail(taken ? ErrorKind::conflict : ErrorKind::denied,
                    fmt::format("cannot listen on {} port {}: {}", options_.address, options_.port,
                                error.message()));
    }
    port_ = acceptor_.local_endpoint().port();
    return {};
}

void Server::State::run() {
    wait_for_clients();
    schedule_reaper();
    thread_ = std::thread([this] { io_.run(); });
}

void Server::State::stop() {
    asio::post(io_, [this] { begin_stop(); });
    thread_.join();
}

void Server::State::begin_stop() {
    stopping_ = true;
    error_code ignored;
    acceptor_.close(ignored);
    stream_timer_.cancel();
    const auto connections = connections_;  // finish() may take them out of connections_
    for (const auto& [key, connection] : connections) {
        connection->finish();
    }
    timer_.expires_after(kStopTime);
    timer_.async_wait([this](const error_code& error) {
        if (!error) {
            io_.stop();
        }
    });
    if (connections_.empty()) {
        timer_.cancel();
    }
}

void Server::State::forget(Connection& connection) {
    connections_.erase(&connection);
    if (stopping_ && connections_.empty()) {
        timer_.cancel();
    }
}

void Server::State::wait_for_clients() {
    accepting_ = true;
    acceptor_.async_wait(tcp::acceptor::wait_read, [this](const error_code& error) {
        if (!error) {
            accept_clients();
        }
    });
}

void Server::State::accept_clients() {
    for (int i = 0; i < kAcceptsAtOnce; ++i) {
        const int descriptor =
            ::accept4(acceptor_.native_handle(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (descriptor >= 0) {
            adopt(descriptor);
            continue;
        }
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            // The client stays in the backlog and would wake us at once: the reaper resumes.
            accepting_ = false;
            return;
        }
        if (errno != ECONNABORTED && errno != EINTR) {
            break;
        }
    }
    wait_for_clients();
}

void Server::State::adopt(int descriptor) {
    tcp::socket socket(io_);
    error_code error;
    socket.assign(acceptor_.local_endpoint().protocol(), descriptor, error);
    if (error) {
        ::close(descriptor);
        return;
    }
    if (connections_.size() >= options_.connections_max) {
        static constexpr std::string_view kFull =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        if (!tls_) {
            socket.write_some(asio::buffer(kFull), error);  // best effort: it is closed anyway
        }
        return;
    }
    socket.non_blocking(true, error);
    socket.set_option(tcp::no_delay(true), error);
    auto peer = address_of_peer(socket);
    const auto connection =
        std::make_shared<Connection>(make_stream(std::move(socket)), std::move(peer), *this);
    connections_.emplace(connection.get(), connection);
    connection->start();
}

std::unique_ptr<Stream> Server::State::make_stream(tcp::socket socket) {
    if (tls_) {
        return std::make_unique<TlsStream>(std::move(socket), *tls_, scratch_);
    }
    return std::make_unique<PlainStream>(std::move(socket), scratch_);
}

void Server::State::schedule_reaper() {
    timer_.expires_after(kReapInterval);
    timer_.async_wait([this](const error_code& error) {
        if (!error && !stopping_) {
            reap();
            schedule_reaper();
        }
    });
}

// One timer for all: a timer for each connection costs a quarter of the throughput.
void Server::State::reap() {
    const auto now = std::chrono::steady_clock::now();
    for (auto next = connections_.begin(); next != connections_.end();) {
        const auto connection = (next++)->second;
        connection->close_if_overdue(now);
    }
    if (!accepting_) {
        wait_for_clients();
    }
}

void Server::State::serve_streams() {
    if (serving_streams_) {
        return;
    }
    serving_streams_ = true;
    stream_timer_.expires_after(kStreamInterval);
    stream_timer_.async_wait([this](const error_code& error) {
        serving_streams_ = false;
        if (error || stopping_) {
            return;
        }
        bool any = false;
        for (auto next = connections_.begin(); next != connections_.end();) {
            const auto connection = (next++)->second;
            any |= connection->send_more();
        }
        if (any) {
            serve_streams();
        }
    });
}

std::string_view Server::State::http_date() {
    const auto now = std::time(nullptr);
    if (now != date_second_) {
        date_second_ = now;
        date_ = format_http_date(now);
    }
    return date_;
}

Response plain_refusal(const Request& /*head*/, int status, std::string_view reason) {
    Response response;
    response.status = status;
    response.headers.add("Content-Type", "text/plain");
    response.body = std::string(reason) + "\n";
    return response;
}

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, Handler handler) {
    auto state = std::make_unique<State>(options, std::move(handler));
    if (auto listening = state->listen(); !listening) {
        return std::unexpected(std::move(listening.error()));
    }
    state->run();
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() {
    state_->stop();
}

std::uint16_t Server::port() const {
    return state_->port();
}

}  // namespace dsdash::http
