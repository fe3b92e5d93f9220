#include "server.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <span>

#include "http/request_reader.hpp"
#include "http/response_head.hpp"

namespace dsdash::bench {

namespace {

constexpr std::size_t kReadBytes = 64 * 1024;
constexpr http::ReadLimits kLimits{64 * 1024, 1024 * 1024};

std::unexpected<Error> broken(std::string_view what) {
    return fail(ErrorKind::internal, fmt::format("{} (errno {})", what, errno));
}

}  // namespace

Descriptor::~Descriptor() {
    ::close(number_);
}

Result<TlsContext> make_server_tls(const std::string& certificate, const std::string& key) {
    TlsContext context(SSL_CTX_new(TLS_server_method()));
    if (context == nullptr ||
        SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) != 1 ||
        SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1) {
        return fail(ErrorKind::malformed_input, "cannot use the certificate and its key");
    }
    SSL_CTX_set_read_ahead(context.get(), 1);  // a record's head and body in one read
    return context;
}

struct Server::Port {
    Port(int descriptor, std::uint16_t own_number, Service own_service, SSL_CTX* own_tls)
        : socket(descriptor), number(own_number), service(std::move(own_service)), tls(own_tls) {}

    Descriptor socket;
    std::uint16_t number;
    Service service;
    SSL_CTX* tls;
    int connections = 0;
};

/// One connection; its socket blocks, for a peer that has begun to send soon has sent all.
class Server::Peer {
  public:
    Peer(int descriptor, const Port& port) : socket_(descriptor), service_(port.service) {
        if (port.tls != nullptr) {
            tls_.reset(SSL_new(port.tls));
        }
    }

    [[nodiscard]] bool shake_hands() {
        return tls_ == nullptr ||
               (SSL_set_fd(tls_.get(), socket_.number()) == 1 && SSL_accept(tls_.get()) == 1);
    }

    /// Bytes that were read ahead, which no wait for the socket tells of.
    [[nodiscard]] bool has_pending() const {
        return tls_ != nullptr && SSL_has_pending(tls_.get()) == 1;
    }

    /// Reads what is there, and answers; false when the connection is over.
    [[nodiscard]] bool serve() {
        static std::array<char, kReadBytes> room;
        do {
            const auto count = read_some(room);
            if (count <= 0) {
                return false;
            }
            reader_.append({room.data(), static_cast<std::size_t>(count)});
            if (!answer()) {
                return false;
            }
        } while (has_pending());
        return true;
    }

  private:
    ssize_t read_some(std::span<char> room) {
        return tls_ == nullptr ? ::recv(socket_.number(), room.data(), room.size(), 0)
                               : SSL_read(tls_.get(), room.data(), static_cast<int>(room.size()));
    }

    [[nodiscard]] bool write(std::string_view text) {
        const auto count = tls_ == nullptr
                               ? ::send(socket_.number(), text.data(), text.size(), MSG_NOSIGNAL)
                               : SSL_write(tls_.get(), text.data(), static_cast<int>(text.size()));
        return count == static_cast<ssize_t>(text.size());
    }

    bool answer() {
        const auto progress = reader_.advance();
        if (progress != http::RequestReader::Progress::complete) {
            return progress == http::RequestReader::Progress::need_more;
        }
        const auto response = service_(reader_.take().request);
        return !response || write(http::format_response_head(
                                      *response, true, http::format_http_date(std::time(nullptr))) +
                                  response->body);
    }

    Descriptor socket_;
    const Service& service_;
    std::unique_ptr<SSL, FreeTls> tls_;
    http::RequestReader reader_{kLimits};
};

Server::Server() : poll_(::epoll_create1(EPOLL_CLOEXEC)) {}
Server::~Server() = default;

Result<void> Server::watch(int descriptor) {
    epoll_event interest{};
    interest.events = EPOLLIN;
    interest.data.fd = descriptor;
    if (::epoll_ctl(poll_.number(), EPOLL_CTL_ADD, descriptor, &interest) != 0) {
        return broken("cannot watch a descriptor");
    }
    return {};
}

Result<std::uint16_t> Server::listen(Service service, SSL_CTX* tls) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    void* const any = &address;
    if (::bind(descriptor, static_cast<const sockaddr*>(any), size) != 0 ||
        ::listen(descriptor, SOMAXCONN) != 0 ||
        ::getsockname(descriptor, static_cast<sockaddr*>(any), &size) != 0) {
        return broken("cannot listen");
    }
    const auto number = ntohs(address.sin_port);
    ports_.try_emplace(descriptor, descriptor, number, std::move(service), tls);
    if (auto watched = watch(descriptor); !watched) {
        return std::unexpected(std::move(watched.error()));
    }
    return number;
}

int Server::connections(std::uint16_t port) const {
    for (const auto& [descriptor, known] : ports_) {
        if (known.number == port) {
            return known.connections;
        }
    }
    return 0;
}

Result<void> Server::accept(Port& port) {
    const int descriptor = ::accept4(port.socket.number(), nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor < 0) {
        return broken("cannot accept a connection");
    }
    ++port.connections;
    auto peer = std::make_unique<Peer>(descriptor, port);
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (!peer->shake_hands()) {
        return fail(ErrorKind::denied, "a TLS handshake failed");
    }
    // A client's last word of the handshake and its first request may come together.
    if (peer->has_pending() && !peer->serve()) {
        return {};
    }
    peers_.emplace(descriptor, std::move(peer));
    return watch(descriptor);
}

Result<void> Server::run() {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to a connection that its peer has closed
    if (auto watched = watch(STDIN_FILENO); !watched) {
        return watched;
    }
    for (;;) {
        epoll_event event{};
        if (::epoll_wait(poll_.number(), &event, 1, -1) < 0 && errno != EINTR) {
            return broken("cannot wait");
        }
        const int descriptor = event.data.fd;
        if (event.events == 0) {
            continue;
        }
        if (const auto port = ports_.find(descriptor); port != ports_.end()) {
            if (auto accepted = accept(port->second); !accepted) {
                return accepted;
            }
        } else if (const auto peer = peers_.find(descriptor); peer != peers_.end()) {
            if (!peer->second->serve()) {
                peers_.erase(peer);
            }
        } else {
            return {};
        }
    }
}

}  // namespace dsdash::bench
