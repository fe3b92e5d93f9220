#include "http/tls_stream.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <boost/asio/post.hpp>
#include <new>

#include "http/socket_bio.hpp"

namespace dsdash::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

Stream::ErrorCode tls_failure() {
    // What OpenSSL knows of it is of no use to anybody here: the client has heard it as an alert.
    return asio::error::connection_reset;
}

bool is_plain_http() {
    const auto code = ERR_peek_error();
    return ERR_GET_LIB(code) == ERR_LIB_SSL && ERR_GET_REASON(code) == SSL_R_HTTP_REQUEST;
}

}  // namespace

TlsStream::TlsStream(tcp::socket socket, asio::ssl::context& context, std::span<char> scratch)
    : socket_(std::move(socket)), scratch_(scratch), ssl_(SSL_new(context.native_handle())) {
    if (ssl_ == nullptr) {
        throw std::bad_alloc();
    }
    BIO* const bio = make_socket_bio(socket_.native_handle());
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_accept_state(ssl_.get());
}

void TlsStream::read(OnRead done) {
    // The socket does not become readable for what OpenSSL has taken from it already.
    if (!writing_ended_ && SSL_has_pending(ssl_.get()) == 1) {
        asio::post(socket_.get_executor(),
                   [this, done = std::move(done)]() mutable { read_on(std::move(done)); });
        return;
    }
    read_when(tcp::socket::wait_read, std::move(done));
}

void TlsStream::read_when(Wait ready, OnRead done) {
    socket_.async_wait(ready, [this, done = std::move(done)](const ErrorCode& error) mutable {
        return error ? done(error, {}) : read_on(std::move(done));
    });
}

void TlsStream::read_on(OnRead done) {
    if (!socket_.is_open()) {
        return done(asio::error::operation_aborted, {});
    }
    if (writing_ended_) {
        return throw_away(std::move(done));
    }
    ERR_clear_error();
    std::size_t count = 0;
    const int outcome = SSL_read_ex(ssl_.get(), scratch_.data(), scratch_.size(), &count);
    if (outcome == 1) {
        return done({}, {scratch_.data(), count});
    }
    switch (SSL_get_error(ssl_.get(), outcome)) {
        case SSL_ERROR_WANT_READ:
            return read_when(tcp::socket::wait_read, std::move(done));
        case SSL_ERROR_WANT_WRITE:
            return read_when(tcp::socket::wait_write, std::move(done));
        case SSL_ERROR_ZERO_RETURN:
            return done(asio::error::eof, {});
        default:
            break;
    }
    if (is_plain_http()) {
        answer_plain_http();
        return read(std::move(done));
    }
    done(tls_failure(), {});
}

void TlsStream::throw_away(OnRead done) {
    ErrorCode error;
    socket_.read_some(asio::buffer(scratch_.data(), scratch_.size()), error);
    if (error && error != asio::error::would_block && error != asio::error::interrupted) {
        return done(error, {});
    }
    read_when(tcp::socket::wait_read, std::move(done));
}

// Best effort: the client is let go anyway.
void TlsStream::answer_plain_http() {
    static constexpr std::string_view kAnswer =
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: 33\r\n"
        "Connection: close\r\n\r\nthis port takes https, not http\r\n";
    ErrorCode ignored;
    socket_.write_some(asio::buffer(kAnswer), ignored);
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    writing_ended_ = true;
}

void TlsStream::write(const Buffers& buffers, OnWritten done) {
    outgoing_.resize(asio::buffer_size(buffers));
    asio::buffer_copy(asio::buffer(outgoing_), buffers);
    written_ = 0;
    asio::post(socket_.get_executor(),
               [this, done = std::move(done)]() mutable { write_on(std::move(done)); });
}

void TlsStream::write_when(Wait ready, OnWritten done) {
    socket_.async_wait(ready, [this, done = std::move(done)](const ErrorCode& error) mutable {
        return error ? done(error) : write_on(std::move(done));
    });
}

void TlsStream::write_on(OnWritten done) {
    if (!socket_.is_open()) {
        return done(asio::error::operation_aborted);
    }
    while (written_ < outgoing_.size()) {
        ERR_clear_error();
        std::size_t count = 0;
        const int outcome = SSL_write_ex(ssl_.get(), outgoing_.data() + written_,
                                         outgoing_.size() - written_, &count);
        if (outcome == 1) {
            written_ += count;
            continue;
        }
        switch (SSL_get_error(ssl_.get(), outcome)) {
            case SSL_ERROR_WANT_WRITE:
                return write_when(tcp::socket::wait_write, std::move(done));
            case SSL_ERROR_WANT_READ:
                return write_when(tcp::socket::wait_read, std::move(done));
            default:
                return done(tls_failure());
        }
    }
    outgoing_ = {};
    done({});
}

Stream::ErrorCode TlsStream::end_writing() {
    writing_ended_ = true;
    ERR_clear_error();
    SSL_shutdown(ssl_.get());  // our half: "close notify"; best effort
    ErrorCode error;
    socket_.shutdown(tcp::socket::shutdown_send, error);
    return error;
}

void TlsStream::close() {
    ErrorCode ignored;  // a socket that fails to close is closed nevertheless
    socket_.close(ignored);
}

}  // namespace dsdash::http
