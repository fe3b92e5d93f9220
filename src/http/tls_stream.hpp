#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <span>
#include <string>

#include "http/stream.hpp"

/// Included by the server's side of the connections only: it brings in Asio.
namespace dsdash::http {

/// The server's side of TLS. The handshake is a part of the first read. OpenSSL works on the socket
/// itself, and not through asio::ssl::stream: so an idle connection holds no buffers, all of them
/// read into the same scratch, and writing can end before reading does.
///
/// A client that speaks HTTP without TLS is told so, in plain text.
class TlsStream final : public Stream {
  public:
    /// `socket` is non-blocking. `scratch`: as PlainStream's; at least one TLS record, 16 KB.
    TlsStream(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& context,
              std::span<char> scratch);

    void read(OnRead done) override;
    void write(const Buffers& buffers, OnWritten done) override;
    ErrorCode end_writing() override;
    void close() override;
    [[nodiscard]] bool is_open() const override { return socket_.is_open(); }
    [[nodiscard]] boost::asio::any_io_executor executor() override {
        return socket_.get_executor();
    }

  private:
    using Wait = boost::asio::ip::tcp::socket::wait_type;

    void read_when(Wait ready, OnRead done);
    void read_on(OnRead done);
    void throw_away(OnRead done);
    void write_when(Wait ready, OnWritten done);
    void write_on(OnWritten done);
    void answer_plain_http();

    struct Free {
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };

    boost::asio::ip::tcp::socket socket_;
    std::span<char> scratch_;
    std::unique_ptr<SSL, Free> ssl_;
    std::string outgoing_;     ///< of the write that is under way
    std::size_t written_ = 0;  ///< of outgoing_
    bool writing_ended_ = false;
};

}  // namespace dsdash::http
