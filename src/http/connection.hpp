#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "http/request_reader.hpp"
#include "http/server.hpp"
#include "http/stream.hpp"
#include "http/worker_pool.hpp"

/// Included by connection.cpp and server.cpp only: it brings in Asio.
namespace dsdash::http {

class Connection;

/// What the connections of one server share. All but the pool belongs to the io thread.
class ConnectionOwner {
  public:
    virtual ~ConnectionOwner() = default;
    [[nodiscard]] virtual const ServerOptions& options() const = 0;
    [[nodiscard]] virtual const Handler& handler() const = 0;
    virtual WorkerPool& pool() = 0;
    /// The Date of now.
    virtual std::string_view http_date() = 0;
    /// The connection has closed and is to be let go.
    virtual void forget(Connection& connection) = 0;
    /// A connection has begun to send a stream: from now on send_more() is to be called.
    virtual void serve_streams() = 0;
};

/// One client: reads a request, has the pool answer it, writes the answer, and so on. It reads no
/// further while a request is being answered, so answers keep the order of the requests and a
/// client cannot pile up work. All of it runs on the io thread, but for the handler.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    using Instant = std::chrono::steady_clock::time_point;

    /// `peer`: the client's address, as Request has it.
    Connection(std::unique_ptr<Stream> stream, std::string peer, ConnectionOwner& owner);

    void start();
    /// Closes at once when it waits for a request, else after the answer.
    void finish();
    void close();
    void close_if_overdue(Instant now);
    /// Sends what its stream has meanwhile; whether it has a stream.
    bool send_more();

  private:
    void wait_for_bytes();
    void on_bytes(std::string_view bytes);
    void read_on();
    void dispatch();
    void answer(Response response);
    void refuse(const Request& head, const RequestReader::Refusal& refusal);
    void write();
    void on_written();
    void begin_drain();
    void begin_stream();
    void watch_client();
    void renew_deadline(std::chrono::seconds allowed);

    const std::unique_ptr<Stream> stream_;
    const std::string peer_;
    ConnectionOwner& owner_;
    RequestReader reader_;
    Instant deadline_;  ///< of the current wait for the client; none while the handler runs
    std::string head_;
    std::string body_;
    std::shared_ptr<BodyStream> body_stream_;  ///< until it has ended
    bool keep_alive_ = true;
    bool head_only_ = false;  ///< the request was a HEAD
    bool streaming_ = false;  ///< the head of the stream is sent
    bool answering_ = false;
    bool in_request_ = false;
    bool finishing_ = false;
};

}  // namespace dsdash::http
