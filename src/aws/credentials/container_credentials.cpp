#include "aws/credentials/container_credentials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "aws/credentials/credentials_document.hpp"
#include "aws/credentials/secret_file.hpp"

namespace dsdash::aws {

namespace {

constexpr std::chrono::seconds kTimeMax{5};
constexpr std::string_view kTaskOrigin = "http://169.254.170.2";
/// ECS, and EKS pod identity in IPv4 and IPv6.
constexpr std::array<std::string_view, 3> kTrustedHosts = {"169.254.170.2", "169.254.170.23",
                                                           "fd00:ec2::23"};

bool may_be_plain(const std::string& host) {
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(host, error);
    const bool loopback = error ? host == "localhost" : address.is_loopback();
    return loopback || std::ranges::find(kTrustedHosts, host) != kTrustedHosts.end();
}

struct Place {
    std::string origin;
    std::string target;
};

Result<Place> split_full_uri(const std::string& text) {
    const auto url = boost::urls::parse_uri(text);
    if (!url || url->host().empty() || url->has_userinfo()) {
        return fail(ErrorKind::malformed_input,
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI is no http or https URL");
    }
    if (url->scheme_id() != boost::urls::scheme::https && !may_be_plain(url->host_address())) {
        return fail(ErrorKind::denied,
                    fmt::format("AWS_CONTAINER_CREDENTIALS_FULL_URI: {} is neither https nor a "
                                "loopback or container host",
                                std::string(url->host_address())));
    }
    const std::string target(url->encoded_target());
    return Place{fmt::format("{}://{}", std::string(url->scheme()),
                             std::string(url->encoded_host_and_port())),
                 target.empty() ? "/" : target};
}

}  // namespace

ContainerCredentials::ContainerCredentials(std::string origin, std::string target,
                                           const Environment& environment)
    : origin_(std::move(origin)),
      target_(std::move(target)),
      token_(environment("AWS_CONTAINER_AUTHORIZATION_TOKEN")),
      token_file_(environment("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")) {}

Result<std::optional<ContainerCredentials>> ContainerCredentials::find(
    const Environment& environment) {
    if (const auto relative = environment("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")) {
        return ContainerCredentials(std::string(kTaskOrigin), *relative, environment);
    }
    const auto full = environment("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    if (!full) {
        return std::nullopt;
    }
    auto place = split_full_uri(*full);
    if (!place) {
        return std::unexpected(std::move(place.error()));
    }
    return ContainerCredentials(std::move(place->origin), std::move(place->target), environment);
}

Result<Credentials> ContainerCredentials::fetch(TimePoint, Deadline deadline) {
    http::Request request;
    request.target = target_;
    request.headers.add("Accept", "application/json");
    if (token_file_) {  // read each time: it is replaced before it expires
        auto token = read_secret_file(*token_file_);
        if (!token) {
            return std::unexpected(std::move(token.error()));
        }
        request.headers.add("Authorization", std::move(*token));
    } else if (token_) {
        request.headers.add("Authorization", *token_);
    }
    const auto end = std::min(deadline, std::chrono::steady_clock::now() + kTimeMax);
    const auto response = client_.send(origin_, request, end);
    if (!response) {
        return fail(response.error().kind,
                    fmt::format("the container's credentials: {}", response.error().message));
    }
    if (response->status != 200) {
        const bool known = response->status / 100 == 4;
        return fail(known ? ErrorKind::denied : ErrorKind::internal,
                    fmt::format("the container's credentials: {} answered HTTP {}", origin_,
                                response->status));
    }
    return parse_credentials_document(response->body);
}

}  // namespace dsdash::aws
