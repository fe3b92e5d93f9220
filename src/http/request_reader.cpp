#include "http/request_reader.hpp"

#include "http/message_parser.hpp"

namespace dsdash::http {

namespace beast = boost::beast;

/// Adds the checks that Beast leaves to its user.
class RequestReader::Parser final : public MessageParser<true> {
  public:
    explicit Parser(const ReadLimits& limits) {
        header_limit(static_cast<std::uint32_t>(limits.header_bytes_max));
        body_limit(limits.body_bytes_max);
        eager(true);
    }

    Refusal refusal{400, "malformed request"};
    bool expects_continue = false;

    Request take_request() {
        return {std::move(method_), std::move(target_), std::move(headers_), std::move(body_)};
    }

  private:
    void on_request_impl(beast::http::verb, StringView method, StringView target, int version,
                         ErrorCode& error) override {
        method_ = to_view(method);
        target_ = to_view(target);
        version_ = version;
        if (target_.front() != '/') {
            refuse(400, "the request target must be a path", error);
        }
    }

    void on_header_impl(ErrorCode& error) override {
        constexpr int kHttp11 = 11;
        const auto hosts = headers_.count("Host");
        if (hosts > 1 || (hosts == 0 && version_ >= kHttp11)) {
            return refuse(400, "one Host field is required", error);
        }
        check_framing(error);
        if (error) {
            return;
        }
        if (const auto expect = headers_.find("Expect")) {
            if (!equals_ignoring_case(*expect, "100-continue")) {
                return refuse(417, "Expect can be 100-continue only", error);
            }
            expects_continue = version_ >= kHttp11;
        }
    }

    // RFC 9112 section 6.3: what makes the end of a body doubtful.
    void check_framing(ErrorCode& error) {
        if (const auto coding = headers_.find("Transfer-Encoding")) {
            constexpr int kHttp11 = 11;
            if (version_ < kHttp11 || headers_.count("Transfer-Encoding") > 1) {
                return refuse(400, "doubtful Transfer-Encoding", error);
            }
            if (!equals_ignoring_case(*coding, "chunked")) {
                return refuse(501, "Transfer-Encoding can be chunked only", error);
            }
        }
        const auto length = headers_.find("Content-Length");
        if (length && (headers_.count("Content-Length") > 1 || length->contains(','))) {
            return refuse(400, "more than one Content-Length", error);
        }
    }

    void refuse(int status, std::string_view reason, ErrorCode& error) {
        refusal = {status, reason};
        error = beast::http::error::bad_value;
    }

    std::string method_;
    std::string target_;
    int version_ = 0;
};

RequestReader::RequestReader(ReadLimits limits)
    : limits_(limits), parser_(std::make_unique<Parser>(limits)) {}

RequestReader::~RequestReader() = default;

RequestReader::Progress RequestReader::refuse(int status, std::string_view reason) {
    refusal_ = {status, reason};
    return Progress::refused;
}

RequestReader::Progress RequestReader::advance() {
    if (!header_read_) {
        if (const auto found = find_header_end(); found != Progress::complete) {
            return found;
        }
        header_read_ = true;
    }
    return parse();
}

// Beast would take the header line by line, with a limit for each line; we give it whole headers,
// so that the limit counts for all of it.
RequestReader::Progress RequestReader::find_header_end() {
    // RFC 9112 section 2.2: empty lines before a request are ignored.
    while (line_begin_ == 0 && buffer_.starts_with("\r\n")) {
        buffer_.erase(0, 2);
    }
    for (;;) {
        const auto line_feed = buffer_.find('\n', line_begin_);
        if (line_feed == std::string::npos) {
            return buffer_.size() > limits_.header_bytes_max ? refuse(431, "header too large")
                                                             : Progress::need_more;
        }
        if (line_feed >= limits_.header_bytes_max) {
            return refuse(431, "header too large");
        }
        if (line_feed == 0 || buffer_[line_feed - 1] != '\r') {
            return refuse(400, "line feed without carriage return");
        }
        if (line_feed - 1 == line_begin_) {
            return Progress::complete;
        }
        const char first = buffer_[line_begin_];
        if (first == ' ' || first == '\t') {
            return refuse(400, "folded header line");
        }
        line_begin_ = line_feed + 1;
    }
}

RequestReader::Progress RequestReader::parse() {
    beast::error_code error;
    std::size_t parsed = 0;
    while (!error && !parser_->is_done() && parsed < buffer_.size()) {
        parsed += parser_->put({buffer_.data() + parsed, buffer_.size() - parsed}, error);
    }
    buffer_.erase(0, parsed);
    if (error == beast::http::error::need_more) {
        error = {};
    }
    if (error == beast::http::error::body_limit) {
        return refuse(413, "body too large");
    }
    if (error == beast::http::error::header_limit) {
        return refuse(431, "header too large");
    }
    if (error) {
        return refuse(parser_->refusal.status, parser_->refusal.reason);
    }
    if (parser_->is_done()) {
        return Progress::complete;
    }
    // Left over here are chunk headers and trailers only, and those have no limit in Beast.
    if (buffer_.size() > limits_.header_bytes_max) {
        return refuse(431, "chunk header or trailer too large");
    }
    continue_wish_ = parser_->expects_continue;
    parser_->expects_continue = false;
    return Progress::need_more;
}

RequestReader::Taken RequestReader::take() {
    Taken taken{parser_->take_request(), parser_->keep_alive()};
    parser_ = std::make_unique<Parser>(limits_);
    line_begin_ = 0;
    header_read_ = false;
    continue_wish_ = false;
    return taken;
}

Request RequestReader::take_refused() {
    auto request = parser_->take_request();
    request.body.clear();
    return request;
}

bool RequestReader::take_continue_wish() {
    return std::exchange(continue_wish_, false);
}

}  // namespace dsdash::http
