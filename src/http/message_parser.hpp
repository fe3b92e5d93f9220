#pragma once

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <string>
#include <string_view>

#include "http/message.hpp"

/// Included by request_reader.cpp and response_reader.cpp only: it brings in Beast.
namespace dsdash::http {

inline std::string_view to_view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

/// Beast's parser, collecting fields and body in our types. What is particular to requests or to
/// responses stands in the class that derives from it.
template <bool IsRequest>
class MessageParser : public boost::beast::http::basic_parser<IsRequest> {
  protected:
    using ErrorCode = boost::beast::error_code;
    using StringView = boost::beast::string_view;

    Headers headers_;
    std::string body_;

    void on_request_impl(boost::beast::http::verb, StringView, StringView, int,
                         ErrorCode&) override {}
    void on_response_impl(int, StringView, int, ErrorCode&) override {}

    void on_field_impl(boost::beast::http::field, StringView name, StringView value,
                       ErrorCode&) override {
        // Fields after a chunked body (trailers) could contradict what the header said: dropped.
        if (!this->is_header_done()) {
            headers_.add(std::string(to_view(name)), std::string(to_view(value)));
        }
    }

    void on_header_impl(ErrorCode&) override {}

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode&) override {
        // An announced length is only a claim: memory grows with what really comes.
        constexpr std::uint64_t kReservedMax = 64 * 1024;
        body_.reserve(static_cast<std::size_t>(std::min(length.value_or(0), kReservedMax)));
    }

    std::size_t on_body_impl(StringView part, ErrorCode&) override {
        body_.append(part.data(), part.size());
        return part.size();
    }

    void on_chunk_header_impl(std::uint64_t, StringView, ErrorCode&) override {}

    std::size_t on_chunk_body_impl(std::uint64_t, StringView part, ErrorCode&) override {
        body_.append(part.data(), part.size());
        return part.size();
    }

    void on_finish_impl(ErrorCode&) override {}
};

}  // namespace dsdash::http
