#pragma once

#include <boost/asio/ssl.hpp>

#include "domain/result.hpp"
#include "http/client.hpp"

/// Included by tls_trust.cpp and client.cpp only: it brings in Asio.
namespace dsdash::http {

/// A client's TLS 1.2 or later that trusts what `options` say. not_found or malformed_input for a
/// file of certificates that is not there or holds none.
Result<boost::asio::ssl::context> make_tls_context(const ClientOptions& options);

}  // namespace dsdash::http
