#include "http/testing/raw_tls_client.hpp"

#include <openssl/bio.h>

#include <algorithm>
#include <array>
#include <vector>

namespace dsdash::http {

RawTlsClient::RawTlsClient(std::uint16_t port)
    : socket_(port), context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_security_level(context_.get(), 0);  // what is too weak the server must refuse
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_connect_state(ssl_.get());
}

void RawTlsClient::offer_protocols(std::string_view list) {
    const std::vector<unsigned char> bytes(list.begin(), list.end());
    SSL_set_alpn_protos(ssl_.get(), bytes.data(), static_cast<unsigned>(bytes.size()));
}

std::string RawTlsClient::protocol() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl_.get(), &name, &size);
    return {name, name + size};
}

std::string RawTlsClient::take_outgoing() {
    std::array<char, 64 * 1024> room{};
    const int count =
        BIO_read(SSL_get_wbio(ssl_.get()), room.data(), static_cast<int>(room.size()));
    return {room.data(), static_cast<std::size_t>(std::max(count, 0))};
}

bool RawTlsClient::send_in_parts(std::string_view bytes, std::size_t bytes_max) {
    for (std::size_t at = 0; at < bytes.size(); at += bytes_max) {
        if (!socket_.send(bytes.substr(at, bytes_max))) {
            return false;
        }
    }
    return true;
}

bool RawTlsClient::take_in() {
    const auto bytes = socket_.read_some();
    return bytes &&
           BIO_write(SSL_get_rbio(ssl_.get()), bytes->data(), static_cast<int>(bytes->size())) > 0;
}

bool RawTlsClient::shake_hands(std::size_t bytes_max) {
    return begin_handshake(
        [&](const std::string& bytes) { return send_in_parts(bytes, bytes_max); });
}

bool RawTlsClient::begin_handshake(const std::function<bool(const std::string&)>& send) {
    for (;;) {
        const int outcome = SSL_do_handshake(ssl_.get());
        const auto bytes = take_outgoing();
        if (!bytes.empty() && !send(bytes)) {
            return false;
        }
        if (outcome == 1) {
            return true;
        }
        if (SSL_get_error(ssl_.get(), outcome) != SSL_ERROR_WANT_READ || !take_in()) {
            return false;
        }
    }
}

void RawTlsClient::put(std::string_view text) {
    SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size()));
}

bool RawTlsClient::send(std::string_view text, std::size_t bytes_max) {
    put(text);
    for (auto bytes = take_outgoing(); !bytes.empty(); bytes = take_outgoing()) {
        if (!send_in_parts(bytes, bytes_max)) {
            return false;
        }
    }
    return true;
}

std::string RawTlsClient::read_to_end() {
    std::string all;
    std::array<char, 16 * 1024> room{};
    for (;;) {
        const int count = SSL_read(ssl_.get(), room.data(), static_cast<int>(room.size()));
        if (count > 0) {
            all.append(room.data(), static_cast<std::size_t>(count));
        } else if (SSL_get_error(ssl_.get(), count) != SSL_ERROR_WANT_READ || !take_in()) {
            return all;
        }
    }
}

std::string RawTlsClient::read_until(std::string_view mark) {
    std::string all;
    char byte = 0;
    while (!all.ends_with(mark)) {
        const int count = SSL_read(ssl_.get(), &byte, 1);
        if (count > 0) {
            all.push_back(byte);
        } else if (SSL_get_error(ssl_.get(), count) != SSL_ERROR_WANT_READ || !take_in()) {
            break;
        }
    }
    return all;
}

}  // namespace dsdash::http
