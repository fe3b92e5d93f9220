#include "load.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>

namespace dsdash::bench {

namespace {

using Instant = std::chrono::steady_clock::time_point;

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { ::close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }

  private:
    int number_;
};

std::unexpected<Error> broken(std::string_view what) {
    return fail(ErrorKind::unreachable, fmt::format("{} (errno {})", what, errno));
}

TimePoint now() {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

/// One request under way at a time. Requests fit into the socket's buffer, so sending does not
/// wait.
class Connection {
  public:
    explicit Connection(int descriptor) : socket_(descriptor) {}
    [[nodiscard]] int descriptor() const { return socket_.number(); }

    Result<void> send(const std::string& request) {
        begun_ = std::chrono::steady_clock::now();
        answer_.clear();
        const auto sent = ::send(descriptor(), request.data(), request.size(), MSG_NOSIGNAL);
        if (sent != static_cast<ssize_t>(request.size())) {
            return broken("cannot send");
        }
        return {};
    }

    /// When the request began, once its answer is whole.
    Result<std::optional<Instant>> receive() {
        std::array<char, 16 * 1024> room;
        const auto count = ::recv(descriptor(), room.data(), room.size(), MSG_DONTWAIT);
        if (count <= 0) {
            return broken("the server closed a connection");
        }
        answer_.append(room.data(), static_cast<std::size_t>(count));
        const auto header_end = answer_.find("\r\n\r\n");
        if (header_end == std::string::npos) {
            return std::nullopt;
        }
        constexpr std::string_view kLength = "Content-Length: ";
        const auto field = answer_.find(kLength);
        std::size_t length = 0;
        std::from_chars(answer_.data() + field + kLength.size(), answer_.data() + header_end,
                        length);
        if (answer_.size() < header_end + 4 + length) {
            return std::nullopt;
        }
        if (!answer_.starts_with("HTTP/1.1 200 ") || !answer_.contains("\"FailedEntryCount\":0")) {
            return fail(ErrorKind::internal, "refused: " + answer_);
        }
        return begun_;
    }

  private:
    Descriptor socket_;
    Instant begun_;
    std::string answer_;
};

Result<int> connect_to(const http::Origin& origin) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(origin.port);
    if (origin.tls || ::inet_pton(AF_INET, origin.host.c_str(), &address.sin_addr) != 1) {
        return fail(ErrorKind::malformed_input, "the endpoint must be http:// and an IPv4 address");
    }
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const void* const any = &address;
    if (::connect(descriptor, static_cast<const sockaddr*>(any), sizeof address) != 0) {
        ::close(descriptor);
        return broken("cannot connect");
    }
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return descriptor;
}

}  // namespace

Result<LoadReport> run_load(const http::Origin& origin, SignedBatches& batches,
                            const LoadOptions& options) {
    const Descriptor poll(::epoll_create1(EPOLL_CLOEXEC));
    std::vector<std::unique_ptr<Connection>> connections;
    for (int i = 0; i < options.connections; ++i) {
        const auto descriptor = connect_to(origin);
        if (!descriptor) {
            return std::unexpected(descriptor.error());
        }
        auto& connection = *connections.emplace_back(std::make_unique<Connection>(*descriptor));
        epoll_event interest{};
        interest.events = EPOLLIN;
        interest.data.ptr = &connection;
        if (::epoll_ctl(poll.number(), EPOLL_CTL_ADD, *descriptor, &interest) != 0) {
            return broken("cannot watch a connection");
        }
        if (auto sent = connection.send(batches.next(now())); !sent) {
            return std::unexpected(sent.error());
        }
    }
    const auto begin = std::chrono::steady_clock::now() + options.warm_up;
    const auto end = begin + options.duration;
    LoadReport report;
    std::array<epoll_event, 256> events{};
    for (auto under_way = connections.size(); under_way > 0;) {
        const int ready =
            ::epoll_wait(poll.number(), events.data(), static_cast<int>(events.size()), 1000);
        for (int i = 0; i < ready; ++i) {
            auto& connection =
                *static_cast<Connection*>(events.at(static_cast<std::size_t>(i)).data.ptr);
            const auto begun = connection.receive();
            if (!begun) {
                return std::unexpected(begun.error());
            }
            if (!*begun) {
                continue;
            }
            ++report.acknowledged;
            const auto done = std::chrono::steady_clock::now();
            if (done >= begin && done < end) {
                report.latencies_us.push_back(
                    std::chrono::duration_cast<std::chrono::microseconds>(done - **begun).count());
            }
            if (done >= end) {
                --under_way;
                continue;
            }
            if (auto sent = connection.send(batches.next(now())); !sent) {
                return std::unexpected(sent.error());
            }
        }
    }
    report.requests = static_cast<std::int64_t>(report.latencies_us.size());
    report.seconds = std::chrono::duration<double>(options.duration).count();
    std::ranges::sort(report.latencies_us);
    return report;
}

}  // namespace dsdash::bench
