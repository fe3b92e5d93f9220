#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dsdash::http {

/// As field names compare: ASCII letters without case.
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);
/// ASCII letters in lower case, all else as it is.
[[nodiscard]] std::string lower_case(std::string_view text);

/// Header fields in the order they came; names compare without case.
class Headers {
  public:
    void add(std::string name, std::string value);
    /// The first value of `name`; nothing when absent. Lifetime: this object.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    /// How many fields of that name there are.
    [[nodiscard]] std::size_t count(std::string_view name) const;
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& fields() const {
        return fields_;
    }

  private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

struct Request {
    std::string method = "GET";
    std::string target = "/";  ///< path and query as on the request line, not decoded
    Headers headers;
    std::string body;
    std::string peer = {};  ///< received: the sender's IPv4 or IPv6 address

    [[nodiscard]] std::string_view path() const;   ///< before '?', not decoded
    [[nodiscard]] std::string_view query() const;  ///< after '?', not decoded; may be empty
};

/// A body that goes on after it was begun, such as server-sent events.
class BodyStream {
  public:
    virtual ~BodyStream() = default;
    /// What is to be sent next; empty: nothing yet. Nothing: that was all. Called every
    /// kStreamInterval on the thread that reads and writes: must not block, nor throw.
    virtual std::optional<std::string> next() = 0;
};

struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    /// Sent behind the body, without a Content-Length; the connection closes at its end.
    std::shared_ptr<BodyStream> stream = {};
};

}  // namespace dsdash::http
