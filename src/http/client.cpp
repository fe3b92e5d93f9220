#include "http/client.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl.hpp>
#include <map>
#include <optional>

#include "http/link.hpp"
#include "http/origin.hpp"
#include "http/response_reader.hpp"
#include "http/tls_trust.hpp"
#include "http/tunnel.hpp"

namespace dsdash::http {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kReadBytes = 16 * 1024;

/// `proxy`: the one that is asked instead of the origin; nullptr when the origin itself reads this.
std::string format_request(const Origin& origin, const Request& request, const Proxy* proxy) {
    // "absolute-form", RFC 9112 section 3.2.2
    const auto prefix = proxy == nullptr ? "" : fmt::format("http://{}", origin.host_field());
    std::string text = fmt::format("{} {}{} HTTP/1.1\r\n", request.method, prefix, request.target);
    if (proxy != nullptr && !proxy->authorization.empty()) {
        text += fmt::format("Proxy-Authorization: {}\r\n", proxy->authorization);
    }
    if (!request.headers.find("Host")) {
        text += fmt::format("Host: {}\r\n", origin.host_field());
    }
    for (const auto& [name, value] : request.headers.fields()) {
        text.append(name).append(": ").append(value).append("\r\n");
    }
    const bool may_have_body = request.method != "GET" && request.method != "HEAD";
    if (may_have_body || !request.body.empty()) {
        text += fmt::format("Content-Length: {}\r\n", request.body.size());
    }
    return text.append("\r\n").append(request.body);
}

/// A line break in a header would let its value forge another header, or a second request.
Result<void> check_request(const Request& request) {
    constexpr std::string_view kForbidden{"\r\n\0", 3};
    const auto clean = [&](std::string_view text) {
        return text.find_first_of(kForbidden) == std::string_view::npos;
    };
    if (!clean(request.method) || !clean(request.target) || request.target.contains(' ')) {
        return fail(ErrorKind::malformed_input,
                    "the request line must hold no line break or space");
    }
    for (const auto& [name, value] : request.headers.fields()) {
        if (!clean(name) || !clean(value)) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("header {} must hold no line break", name));
        }
    }
    return {};
}

}  // namespace

class Client::State {
  public:
    explicit State(ClientOptions options) : options_(std::move(options)) {}

    Result<void> prepare_tls();
    Result<Response> send(const std::string& origin_text, const Request& request,
                          Link::Deadline deadline);

  private:
    struct Attempt {
        Result<Response> response;
        bool answer_begun;
    };

    Result<Link> open(const Origin& origin, const Proxy* proxy, Link::Deadline deadline);
    Attempt exchange(const std::string& origin_text, Link link, const std::string& text,
                     bool to_head, Link::Deadline deadline);

    const ClientOptions options_;
    asio::io_context io_{1};
    std::optional<asio::ssl::context> tls_;
    std::map<std::string, Link, std::less<>> kept_;  ///< idle connections by origin
    std::array<char, kReadBytes> room_{};            ///< for what is read
};

Result<void> Client::State::prepare_tls() {
    if (!tls_) {
        auto context = make_tls_context(options_);
        if (!context) {
            return std::unexpected(std::move(context.error()));
        }
        tls_ = std::move(*context);
    }
    return {};
}

Result<Link> Client::State::open(const Origin& origin, const Proxy* proxy,
                                 Link::Deadline deadline) {
    deadline = std::min(deadline, std::chrono::steady_clock::now() + kConnectTimeout);
    if (origin.tls) {
        if (auto prepared = prepare_tls(); !prepared) {
            return std::unexpected(std::move(prepared.error()));
        }
    }
    auto link = Link::connect(io_, proxy == nullptr ? origin : proxy->origin, deadline);
    if (!link || !origin.tls) {
        return link;
    }
    if (proxy != nullptr) {
        if (auto opened = open_tunnel(*link, origin, *proxy, deadline); !opened) {
            return std::unexpected(std::move(opened.error()));
        }
    }
    if (auto secured = link->secure(*tls_, origin, deadline); !secured) {
        return std::unexpected(std::move(secured.error()));
    }
    return link;
}

Client::State::Attempt Client::State::exchange(const std::string& origin_text, Link link,
                                               const std::string& text, bool to_head,
                                               Link::Deadline deadline) {
    if (auto written = link.write(text, deadline); !written) {
        return {std::unexpected(std::move(written.error())), false};
    }
    ResponseReader reader(to_head);
    auto progress = ResponseReader::Progress::need_more;
    bool closed = false;
    while (progress == ResponseReader::Progress::need_more) {
        auto count = link.read_some(room_, deadline);
        if (!count) {
            return {std::unexpected(std::move(count.error())), reader.has_begun()};
        }
        closed = *count == 0;
        if (closed && !reader.has_begun()) {
            return {fail(ErrorKind::unreachable, "the connection was closed without an answer"),
                    false};
        }
        progress = closed ? reader.append_end() : reader.append({room_.data(), *count});
    }
    if (progress == ResponseReader::Progress::complete && !closed && reader.keep_alive()) {
        kept_.emplace(origin_text, std::move(link));
    }
    if (progress == ResponseReader::Progress::malformed) {
        return {fail(ErrorKind::unreachable, "the answer was cut off or is not HTTP"), true};
    }
    return {reader.take(), true};
}

Result<Response> Client::State::send(const std::string& origin_text, const Request& request,
                                     Link::Deadline deadline) {
    const auto origin = Origin::parse(origin_text);
    if (!origin) {
        return std::unexpected(origin.error());
    }
    if (auto checked = check_request(request); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    const auto proxy = find_proxy(options_.proxies, *origin);
    if (!proxy) {
        return std::unexpected(proxy.error());
    }
    const auto* const via = *proxy ? &**proxy : nullptr;
    const auto text = format_request(*origin, request, origin->tls ? nullptr : via);
    const bool to_head = request.method == "HEAD";
    if (auto kept = kept_.extract(origin_text)) {
        auto attempt = exchange(origin_text, std::move(kept.mapped()), text, to_head, deadline);
        // An idle connection may have been closed at any time; that says nothing of the peer.
        const bool stale = !attempt.response && !attempt.answer_begun &&
                           attempt.response.error().kind == ErrorKind::unreachable;
        if (!stale) {
            return std::move(attempt.response);
        }
    }
    auto link = open(*origin, via, deadline);
    if (!link) {
        return std::unexpected(std::move(link.error()));
    }
    return exchange(origin_text, std::move(*link), text, to_head, deadline).response;
}

Client::Client(ClientOptions options) : state_(std::make_unique<State>(std::move(options))) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

Result<void> Client::prepare_tls() {
    return state_->prepare_tls();
}

Result<Response> Client::send(const std::string& origin, const Request& request,
                              std::chrono::steady_clock::time_point deadline) {
    return state_->send(origin, request, deadline);
}

}  // namespace dsdash::http
