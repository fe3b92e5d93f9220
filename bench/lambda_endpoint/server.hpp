#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "domain/result.hpp"
#include "http/message.hpp"

namespace dsdash::bench {

/// Closes what it holds.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor();
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }

  private:
    int number_;
};

struct FreeTls {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* stream) const { SSL_free(stream); }
};
using TlsContext = std::unique_ptr<SSL_CTX, FreeTls>;

/// With the certificate and the key of these PEM files.
Result<TlsContext> make_server_tls(const std::string& certificate, const std::string& key);

/// What answers at one port; nothing: the request stays without an answer.
using Service = std::function<std::optional<http::Response>(const http::Request&)>;

/// Some ports of 127.0.0.1 on one thread, with as little work for a request as can be: its own time
/// is part of what is measured. It trusts its peers, who send one request after the other.
class Server {
  public:
    Server();
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Listens on a free port and returns it. `tls`: nullptr for plain HTTP; outlives this.
    Result<std::uint16_t> listen(Service service, SSL_CTX* tls);
    /// How many connections that port has had.
    [[nodiscard]] int connections(std::uint16_t port) const;

    /// Serves until standard input ends, which is when whoever started us goes away.
    Result<void> run();

  private:
    struct Port;
    class Peer;

    Result<void> watch(int descriptor);
    Result<void> accept(Port& port);

    Descriptor poll_;
    std::map<int, Port> ports_;  ///< by descriptor, as the peers
    std::map<int, std::unique_ptr<Peer>> peers_;
};

}  // namespace dsdash::bench
