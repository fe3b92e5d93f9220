#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace dsdash::http {

struct ReadLimits {
    std::size_t header_bytes_max;
    std::size_t body_bytes_max;
};

/// Takes the bytes of one connection as they come and gives back whole requests. Strict where
/// two readers of the same bytes might disagree (request smuggling, RFC 9112 section 11.2): one
/// Host, one length, no folded lines, no line feed without carriage return, no transfer coding but
/// chunked.
class RequestReader {
  public:
    explicit RequestReader(ReadLimits limits);
    ~RequestReader();

    enum class Progress {
        need_more,
        complete,  ///< take() gives the request
        refused,   ///< refusal() says why; the connection is of no use any more
    };

    void append(std::string_view bytes) { buffer_.append(bytes); }
    /// Reads on in what was appended. Bytes behind a complete request (pipelining) are kept for the
    /// next one, which is begun by take().
    Progress advance();

    struct Taken {
        Request request;
        bool keep_alive;
    };
    Taken take();

    struct Refusal {
        int status;
        std::string_view reason;
    };
    [[nodiscard]] const Refusal& refusal() const { return refusal_; }
    /// What was read of a refused request, without its body: as far as it is well-formed.
    Request take_refused();

    /// True once for each request whose sender waits for "100 Continue" before it sends the body.
    bool take_continue_wish();
    /// True when a request has begun and is not complete.
    [[nodiscard]] bool in_request() const { return !buffer_.empty() || header_read_; }

  private:
    class Parser;

    Progress refuse(int status, std::string_view reason);
    Progress find_header_end();
    Progress parse();

    ReadLimits limits_;
    std::unique_ptr<Parser> parser_;
    std::string buffer_;          ///< not yet parsed
    std::size_t line_begin_ = 0;  ///< in buffer_: the first header line that is not whole yet
    bool header_read_ = false;    ///< the parser has the whole header
    bool continue_wish_ = false;
    Refusal refusal_{400, "bad request"};
};

}  // namespace dsdash::http
