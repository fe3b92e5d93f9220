#include "http/proxy.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace dsdash::http {

namespace {

constexpr std::uint16_t kProxyPort = 80;

std::string_view trim(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool is_loopback(const std::string& host) {
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(host, error);
    return error ? equals_ignoring_case(host, "localhost") : address.is_loopback();
}

bool covers(std::string_view name, const Origin& origin) {
    const auto port = fmt::format(":{}", origin.port);
    if (name.ends_with(port)) {
        name.remove_suffix(port.size());
    }
    if (name == "*" || equals_ignoring_case(name, origin.host)) {
        return true;
    }
    if (name.starts_with('.')) {
        name.remove_prefix(1);
    }
    if (name.empty() || origin.host.size() <= name.size()) {
        return equals_ignoring_case(name, origin.host);
    }
    const auto begin = origin.host.size() - name.size();
    return origin.host[begin - 1] == '.' &&
           equals_ignoring_case(std::string_view(origin.host).substr(begin), name);
}

bool is_excepted(std::string_view list, const Origin& origin) {
    for (std::size_t begin = 0; begin < list.size();) {
        const auto end = std::min(list.find(',', begin), list.size());
        if (covers(trim(list.substr(begin, end - begin)), origin)) {
            return true;
        }
        begin = end + 1;
    }
    return false;
}

// https://www.rfc-editor.org/rfc/rfc7617
std::string basic_authorization(const std::string& user_and_password) {
    const std::vector<unsigned char> plain(user_and_password.begin(), user_and_password.end());
    std::vector<unsigned char> encoded(4 * (plain.size() + 2) / 3 + 1);
    const int size = EVP_EncodeBlock(encoded.data(), plain.data(), static_cast<int>(plain.size()));
    return "Basic " + std::string(encoded.begin(), encoded.begin() + size);
}

Result<Proxy> parse_proxy(std::string text) {
    if (!text.contains("://")) {
        text.insert(0, "http://");
    }
    const auto url = boost::urls::parse_uri(text);
    if (!url || url->scheme_id() != boost::urls::scheme::http || url->host().empty()) {
        return fail(ErrorKind::malformed_input,
                    "the proxy of the environment must be http://HOST:PORT");
    }
    Proxy proxy;
    proxy.origin = {false, url->host_address(), url->has_port() ? url->port_number() : kProxyPort};
    if (url->has_userinfo()) {
        proxy.authorization = basic_authorization(url->user() + ':' + url->password());
    }
    return proxy;
}

}  // namespace

Result<std::optional<Proxy>> find_proxy(const ProxySettings& settings, const Origin& origin) {
    const auto& text = origin.tls ? settings.for_https : settings.for_http;
    if (text.empty() || is_loopback(origin.host) || is_excepted(settings.except, origin)) {
        return std::nullopt;
    }
    auto proxy = parse_proxy(text);
    if (!proxy) {
        return std::unexpected(std::move(proxy.error()));
    }
    return std::move(*proxy);
}

}  // namespace dsdash::http
