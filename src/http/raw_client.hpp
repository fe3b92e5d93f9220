#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>

/// For tests: a client that sends any bytes, right or wrong.
namespace dsdash::http {

class RawClient {
  public:
    explicit RawClient(std::uint16_t port)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const void* const any = &address;
        connected_ = ::connect(socket_, static_cast<const sockaddr*>(any), sizeof address) == 0;
    }
    ~RawClient() { ::close(socket_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    [[nodiscard]] bool connected() const { return connected_; }

    /// False once the server has closed.
    bool send(std::string_view bytes) {
        return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
               static_cast<ssize_t>(bytes.size());
    }
    void shut_down_sending() { ::shutdown(socket_, SHUT_WR); }

    /// All until the server closes.
    std::string read_to_end() {
        std::string all;
        while (const auto part = read_some()) {
            all += *part;
        }
        return all;
    }
    /// All up to and with `mark`, or to the end.
    std::string read_until(std::string_view mark) {
        std::string all;
        while (!all.ends_with(mark)) {
            std::array<char, 1> byte{};
            if (::recv(socket_, byte.data(), byte.size(), 0) <= 0) {
                break;
            }
            all.push_back(byte[0]);
        }
        return all;
    }
    /// Whether something (an end too) can be read within that time.
    bool readable_within(int milliseconds) {
        pollfd one{socket_, POLLIN, 0};
        return ::poll(&one, 1, milliseconds) == 1;
    }

    /// Nothing at the end.
    std::optional<std::string> read_some() {
        std::array<char, 4096> room{};
        const auto count = ::recv(socket_, room.data(), room.size(), 0);
        if (count <= 0) {
            return std::nullopt;
        }
        return std::string(room.data(), static_cast<std::size_t>(count));
    }

  private:
    int socket_;
    bool connected_;
};

}  // namespace dsdash::http
