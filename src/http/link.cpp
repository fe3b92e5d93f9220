#include "http/link.hpp"

#include <fmt/format.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include <boost/asio/write.hpp>
#include <cerrno>
#include <vector>

namespace dsdash::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

struct Outcome {
    error_code error;
    std::size_t count = 0;
};

/// Starts one asynchronous operation and runs it to its end, or cuts it off at `deadline`.
template <class Start, class Cancel>
Outcome run_to(asio::io_context& io, Link::Deadline deadline, Start start, Cancel cancel) {
    Outcome outcome;
    bool done = false;
    start([&](const error_code& error, auto... count) {
        outcome = {error, static_cast<std::size_t>((0 + ... + count))};
        done = true;
    });
    io.restart();
    io.run_until(deadline);
    if (!done) {
        cancel();
        io.run();
        outcome.error = asio::error::timed_out;
    }
    return outcome;
}

std::unexpected<Error> fail_io(const error_code& error, std::string_view doing) {
    const bool late = error == asio::error::timed_out;
    return fail(late ? ErrorKind::timed_out : ErrorKind::unreachable,
                fmt::format("{}: {}", doing, error.message()));
}

void close_socket(tcp::socket& socket) {
    error_code ignored;  // nothing more is wanted of it
    socket.close(ignored);
}

/// With CLOEXEC, which Asio leaves out: a child process must not hold our connections.
error_code open_socket(tcp::socket& socket, const tcp& protocol) {
    const int descriptor =
        ::socket(protocol.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP);
    if (descriptor < 0) {
        return {errno, boost::system::system_category()};
    }
    // A peer that went away without a word, as happens to connections kept while a function is
    // frozen, is noticed by this and not by the deadline of the call.
    constexpr unsigned kUnacknowledgedMaxMs = 10'000;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, &kUnacknowledgedMaxMs,
                 sizeof kUnacknowledgedMaxMs);  // slower without, but right
    error_code error;
    socket.assign(protocol, descriptor, error);
    return error;
}

Result<std::vector<tcp::endpoint>> resolve(asio::io_context& io, const Origin& origin,
                                           Link::Deadline deadline) {
    error_code error;
    const auto address = asio::ip::make_address(origin.host, error);
    if (!error) {
        return std::vector{tcp::endpoint(address, origin.port)};
    }
    tcp::resolver resolver(io);
    std::vector<tcp::endpoint> found;
    const auto outcome = run_to(
        io, deadline,
        [&](auto done) {
            resolver.async_resolve(origin.host, std::to_string(origin.port),
                                   [&found, done](const error_code& failure, auto results) mutable {
                                       found.assign(results.begin(), results.end());
                                       done(failure);
                                   });
        },
        [&] { resolver.cancel(); });
    if (outcome.error) {
        return fail_io(outcome.error, fmt::format("cannot resolve {}", origin.host));
    }
    return found;
}

}  // namespace

Result<Link> Link::connect(asio::io_context& io, const Origin& origin, Deadline deadline) {
    Link link(io, tcp::socket(io));
    if (auto connected = link.connect_to(origin, deadline); !connected) {
        return std::unexpected(std::move(connected.error()));
    }
    return link;
}

Result<void> Link::connect_to(const Origin& origin, Deadline deadline) {
    const auto doing = fmt::format("cannot connect to {} port {}", origin.host, origin.port);
    auto endpoints = resolve(*io_, origin, deadline);
    if (!endpoints) {
        return std::unexpected(std::move(endpoints.error()));
    }
    auto& socket = std::get<Plain>(stream_);
    Outcome outcome{asio::error::host_not_found, 0};
    for (const auto& endpoint : *endpoints) {
        close_socket(socket);
        outcome.error = open_socket(socket, endpoint.protocol());
        if (!outcome.error) {
            outcome = run_to(
                *io_, deadline, [&](auto done) { socket.async_connect(endpoint, done); },
                [&] { close_socket(socket); });
        }
        if (!outcome.error) {
            error_code ignored;  // slower without, but right
            socket.set_option(tcp::no_delay(true), ignored);
            return {};
        }
    }
    return fail_io(outcome.error, doing);
}

Result<void> Link::secure(asio::ssl::context& tls, const Origin& origin, Deadline deadline) {
    auto socket = std::move(std::get<Plain>(stream_));
    auto& stream = stream_.emplace<Tls>(std::move(socket), tls);
    error_code error;
    stream.set_verify_mode(asio::ssl::verify_peer, error);
    if (!error) {
        stream.set_verify_callback(asio::ssl::host_name_verification(origin.host), error);
    }
    // Server name indication (RFC 6066 section 3): how one address serves many names. OpenSSL's
    // macro for it holds a C cast.
    std::string name = origin.host;
    if (error || SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME,
                          TLSEXT_NAMETYPE_host_name, name.data()) != 1) {
        return fail(ErrorKind::internal, "cannot prepare TLS");
    }
    const auto outcome = run_to(
        *io_, deadline,
        [&](auto done) { stream.async_handshake(asio::ssl::stream_base::client, done); },
        [&] { close_socket(stream.next_layer()); });
    if (const auto verified = SSL_get_verify_result(stream.native_handle());
        outcome.error && verified != X509_V_OK) {
        return fail(ErrorKind::denied,
                    fmt::format("the certificate of {} is not trusted: {}", origin.host,
                                X509_verify_cert_error_string(verified)));
    }
    if (outcome.error) {
        return fail_io(outcome.error, fmt::format("no TLS connection to {}", origin.host));
    }
    return {};
}

Result<void> Link::write(std::string_view text, Deadline deadline) {
    const auto outcome = std::visit(
        [&](auto& stream) {
            return run_to(
                *io_, deadline,
                [&](auto done) {
                    asio::async_write(stream, asio::buffer(text.data(), text.size()), done);
                },
                [&] { stream.lowest_layer().close(); });
        },
        stream_);
    if (outcome.error) {
        return fail_io(outcome.error, "sending the request failed");
    }
    return {};
}

Result<std::size_t> Link::read_some(std::span<char> room, Deadline deadline) {
    const auto outcome = std::visit(
        [&](auto& stream) {
            return run_to(
                *io_, deadline,
                [&](auto done) {
                    stream.async_read_some(asio::buffer(room.data(), room.size()), done);
                },
                [&] { stream.lowest_layer().close(); });
        },
        stream_);
    if (outcome.error == asio::error::eof) {
        return 0;
    }
    if (outcome.error) {
        return fail_io(outcome.error, "reading the answer failed");
    }
    return outcome.count;
}

}  // namespace dsdash::http
