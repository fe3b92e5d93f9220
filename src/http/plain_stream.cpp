#include "http/plain_stream.hpp"

#include <boost/asio/write.hpp>

namespace dsdash::http {

namespace asio = boost::asio;
using asio::ip::tcp;

void PlainStream::read(OnRead done) {
    socket_.async_wait(tcp::socket::wait_read,
                       [this, done = std::move(done)](const ErrorCode& error) mutable {
                           return error ? done(error, {}) : on_readable(std::move(done));
                       });
}

void PlainStream::on_readable(OnRead done) {
    ErrorCode error;
    const auto count = socket_.read_some(asio::buffer(scratch_.data(), scratch_.size()), error);
    const bool again = error == asio::error::would_block || error == asio::error::interrupted;
    if (again || (!error && writing_ended_)) {
        return read(std::move(done));
    }
    done(error, {scratch_.data(), count});
}

void PlainStream::write(const Buffers& buffers, OnWritten done) {
    asio::async_write(
        socket_, buffers,
        [done = std::move(done)](const ErrorCode& error, std::size_t) mutable { done(error); });
}

Stream::ErrorCode PlainStream::end_writing() {
    writing_ended_ = true;
    ErrorCode error;
    socket_.shutdown(tcp::socket::shutdown_send, error);
    return error;
}

void PlainStream::close() {
    ErrorCode ignored;  // a socket that fails to close is closed nevertheless
    socket_.close(ignored);
}

}  // namespace dsdash::http
