#pragma once

#include "endpoint/authentication.hpp"
#include "endpoint/operation.hpp"
#include "http/server.hpp"
#include "services/uuid.hpp"

namespace dsdash::endpoint {

struct AwsCall;

/// Answers every request that reaches the port: AWS's protocols itself, signed, and the rest by
/// handing it on. Any thread may call it.
class Server {
  public:
    struct Parts {
        embedded::Home& home;
        embedded::FunctionRuntime& functions;
        embedded::DeliveryEngine& deliveries;
        const Clock& clock;
        UuidSource& uuids;  ///< of request ids
    };

    /// `others` answers what is no AWS request: the page, /api, /healthz.
    Server(const Parts& parts, http::Handler others);

    /// An http::Handler. Never throws.
    [[nodiscard]] http::Response handle(const http::Request& request);

    /// An http::RefusalHandler: logs a line, and answers an AWS client in its protocol where AWS
    /// would (413). Never throws.
    [[nodiscard]] http::Response refuse(const http::Request& head, int status,
                                        std::string_view reason);

  private:
    Result<json::object> answer(const AwsCall& call, const http::Request& request,
                                std::string& caller, json::object& error_fields);

    Parts parts_;
    http::Handler others_;
    Authenticator authenticator_;
};

}  // namespace dsdash::endpoint
