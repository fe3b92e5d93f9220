#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <chrono>
#include <span>
#include <string_view>
#include <variant>

#include "domain/result.hpp"
#include "http/origin.hpp"

/// Included by link.cpp, tunnel and client.cpp only: it brings in Asio.
namespace dsdash::http {

/// One connection to an origin, plain or TLS, used by one thread. Each step ends at its deadline at
/// the latest (timed_out); after an error the link is of no use any more.
class Link {
  public:
    using Deadline = std::chrono::steady_clock::time_point;

    /// Connects to the origin's host and port, plain.
    static Result<Link> connect(boost::asio::io_context& io, const Origin& origin,
                                Deadline deadline);

    /// From here on TLS: the peer's certificate must be valid for the origin's host, else denied.
    /// At most once.
    Result<void> secure(boost::asio::ssl::context& tls, const Origin& origin, Deadline deadline);

    Result<void> write(std::string_view text, Deadline deadline);
    /// At least one byte, or 0 when the peer has closed.
    Result<std::size_t> read_some(std::span<char> room, Deadline deadline);

  private:
    using Plain = boost::asio::ip::tcp::socket;
    using Tls = boost::asio::ssl::stream<Plain>;

    Link(boost::asio::io_context& io, Plain socket) : io_(&io), stream_(std::move(socket)) {}

    Result<void> connect_to(const Origin& origin, Deadline deadline);

    boost::asio::io_context* io_;
    std::variant<Plain, Tls> stream_;
};

}  // namespace dsdash::http
