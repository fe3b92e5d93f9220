#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "http/server.hpp"

namespace dsdash::aws {

/// An HTTP service on loopback that gives the answers it was told in turn, the last one over and
/// over, and keeps what it was asked.
class ScriptedService {
  public:
    explicit ScriptedService(std::vector<http::Response> answers = {});

    void script(std::vector<http::Response> answers);
    [[nodiscard]] std::string origin() const;
    [[nodiscard]] std::vector<http::Request> requests() const;

  private:
    http::Response answer(const http::Request& request);

    mutable std::mutex mutex_;
    std::vector<http::Response> answers_;
    std::size_t next_ = 0;
    std::vector<http::Request> requests_;
    std::unique_ptr<http::Server> server_;
};

[[nodiscard]] http::Response answer(int status, std::string body);

/// What AssumeRole and its kin answer.
[[nodiscard]] http::Response sts_answer(const std::string& token, const std::string& expiration);

/// What a container's endpoint, an instance or a process answers.
[[nodiscard]] std::string credentials_document(const std::string& token,
                                               const std::string& expiration);

}  // namespace dsdash::aws
