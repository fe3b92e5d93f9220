#pragma once

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/system/error_code.hpp>
#include <functional>
#include <string_view>

/// Included by the server's side of the connections only: it brings in Asio.
namespace dsdash::http {

/// The bytes to and from one client, plain or TLS; for the io thread. At most one read and one
/// write are under way at once. What completes them is never called before they return, and must
/// keep the stream alive.
class Stream {
  public:
    using ErrorCode = boost::system::error_code;
    /// At least one byte, which stays for the time of the call; none with an error.
    using OnRead = std::move_only_function<void(const ErrorCode& error, std::string_view bytes)>;
    using OnWritten = std::move_only_function<void(const ErrorCode& error)>;
    /// Written one behind the other; what they refer to must outlive the write.
    using Buffers = std::array<boost::asio::const_buffer, 2>;

    virtual ~Stream() = default;

    virtual void read(OnRead done) = 0;
    virtual void write(const Buffers& buffers, OnWritten done) = 0;
    /// Tells the client that nothing more comes. From here on what it sends is thrown away: a read
    /// completes when it ends, too.
    virtual ErrorCode end_writing() = 0;
    /// What is under way completes with an error.
    virtual void close() = 0;
    [[nodiscard]] virtual bool is_open() const = 0;
    [[nodiscard]] virtual boost::asio::any_io_executor executor() = 0;
};

}  // namespace dsdash::http
