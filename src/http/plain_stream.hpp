#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <span>

#include "http/stream.hpp"

/// Included by the server's side of the connections only: it brings in Asio.
namespace dsdash::http {

class PlainStream final : public Stream {
  public:
    /// `socket` is non-blocking. `scratch`: room to read into, for the time of one call; shared by
    /// the streams of one io thread, and outlives them.
    PlainStream(boost::asio::ip::tcp::socket socket, std::span<char> scratch)
        : socket_(std::move(socket)), scratch_(scratch) {}

    void read(OnRead done) override;
    void write(const Buffers& buffers, OnWritten done) override;
    ErrorCode end_writing() override;
    void close() override;
    [[nodiscard]] bool is_open() const override { return socket_.is_open(); }
    [[nodiscard]] boost::asio::any_io_executor executor() override {
        return socket_.get_executor();
    }

  private:
    void on_readable(OnRead done);

    boost::asio::ip::tcp::socket socket_;
    std::span<char> scratch_;
    bool writing_ended_ = false;
};

}  // namespace dsdash::http
