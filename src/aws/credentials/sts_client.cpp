#include "aws/credentials/sts_client.hpp"

#include <fmt/format.h>

#include "aws/answer_error.hpp"
#include "aws/credentials/credentials_document.hpp"
#include "aws/sigv4.hpp"
#include "aws/sts_query.hpp"
#include "http/origin.hpp"

namespace dsdash::aws {

Result<Credentials> StsClient::get_credentials(const std::string& operation,
                                               const Parameters& parameters,
                                               const Credentials* signer, TimePoint now,
                                               std::chrono::steady_clock::time_point deadline) {
    const auto placed = [&](Error error) {
        error.message = fmt::format("sts:{}: {}", operation, error.message);
        return std::unexpected(std::move(error));
    };
    const auto origin = http::Origin::parse(endpoint_.origin);
    if (!origin) {
        return placed(origin.error());
    }
    auto request = make_sts_request(operation, parameters);
    request.headers.add("Host", origin->host_field());
    if (signer != nullptr) {
        sign_request(request, *signer, endpoint_.region.text(), "sts", now, keys_);
    }
    const auto response = client_.send(endpoint_.origin, request, deadline);
    if (!response) {
        return placed(response.error());
    }
    if (response->status / 100 != 2) {
        return placed(read_error(*response));
    }
    auto credentials = parse_sts_credentials(response->body);
    return credentials ? std::move(credentials) : placed(std::move(credentials.error()));
}

}  // namespace dsdash::aws
