#include "http/response_reader.hpp"

#include "http/message_parser.hpp"

namespace dsdash::http {

namespace beast = boost::beast;

namespace {

constexpr std::uint32_t kHeaderBytesMax = 64 * 1024;
constexpr std::uint64_t kBodyBytesMax =
    64 * 1024 * 1024;  // Lambda and DynamoDB answer 16 MB at most

}  // namespace

class ResponseReader::Parser final : public MessageParser<false> {
  public:
    explicit Parser(bool to_head) {
        header_limit(kHeaderBytesMax);
        body_limit(kBodyBytesMax);
        eager(true);
        skip(to_head);
    }

    [[nodiscard]] bool is_interim() const { return status_ / 100 == 1; }
    Response take_response() { return {status_, std::move(headers_), std::move(body_)}; }

  private:
    void on_response_impl(int status, StringView, int, ErrorCode&) override { status_ = status; }

    int status_ = 0;
};

ResponseReader::ResponseReader(bool to_head)
    : to_head_(to_head), parser_(std::make_unique<Parser>(to_head)) {}

ResponseReader::~ResponseReader() = default;

ResponseReader::Progress ResponseReader::append(std::string_view bytes) {
    begun_ = true;
    buffer_.append(bytes);
    beast::error_code error;
    std::size_t parsed = 0;
    while (!error && parsed < buffer_.size() && !parser_->is_done()) {
        parsed += parser_->put({buffer_.data() + parsed, buffer_.size() - parsed}, error);
        if (!error && parser_->is_done() && parser_->is_interim()) {
            parser_ = std::make_unique<Parser>(to_head_);
        }
    }
    buffer_.erase(0, parsed);
    if (error && error != beast::http::error::need_more) {
        return Progress::malformed;
    }
    if (parser_->is_done()) {
        return Progress::complete;
    }
    return buffer_.size() > kHeaderBytesMax ? Progress::malformed : Progress::need_more;
}

ResponseReader::Progress ResponseReader::append_end() {
    if (!parser_->got_some()) {
        return Progress::malformed;
    }
    beast::error_code error;
    parser_->put_eof(error);
    return error ? Progress::malformed : Progress::complete;
}

bool ResponseReader::keep_alive() const {
    // Bytes behind the answer belong to no request: such a peer is not trusted with another.
    return parser_->keep_alive() && buffer_.empty();
}

Response ResponseReader::take() {
    return parser_->take_response();
}

}  // namespace dsdash::http
