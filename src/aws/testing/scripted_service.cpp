#include "aws/testing/scripted_service.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace dsdash::aws {

ScriptedService::ScriptedService(std::vector<http::Response> answers)
    : answers_(std::move(answers)),
      server_(http::Server::start({}, [this](const http::Request& request) {
                  return answer(request);
              }).value()) {}

void ScriptedService::script(std::vector<http::Response> answers) {
    const std::scoped_lock lock(mutex_);
    answers_ = std::move(answers);
    next_ = 0;
}

std::string ScriptedService::origin() const {
    return fmt::format("http://127.0.0.1:{}", server_->port());
}

std::vector<http::Request> ScriptedService::requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
}

http::Response ScriptedService::answer(const http::Request& request) {
    const std::scoped_lock lock(mutex_);
    requests_.push_back(request);
    const auto index = std::min(next_++, answers_.size() - 1);
    return answers_.at(index);
}

http::Response answer(int status, std::string body) {
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

http::Response sts_answer(const std::string& token, const std::string& expiration) {
    return answer(200, fmt::format("<AssumeRoleResponse><AssumeRoleResult><Credentials>"
                                   "<AccessKeyId>ASIA{0}</AccessKeyId><SecretAccessKey>secret{0}"
                                   "</SecretAccessKey><SessionToken>{0}</SessionToken>"
                                   "<Expiration>{1}</Expiration></Credentials></AssumeRoleResult>"
                                   "</AssumeRoleResponse>",
                                   token, expiration));
}

std::string credentials_document(const std::string& token, const std::string& expiration) {
    return fmt::format(R"({{"Code":"Success","AccessKeyId":"ASIA{0}",)"
                       R"("SecretAccessKey":"secret{0}","Token":"{0}","Expiration":"{1}"}})",
                       token, expiration);
}

}  // namespace dsdash::aws
