#pragma once

#include <boost/asio/ssl/context.hpp>

#include "domain/result.hpp"
#include "http/server.hpp"

/// Included by server_tls.cpp and server.cpp only: it brings in Asio.
namespace dsdash::http {

/// A server's TLS 1.2 or later with forward secrecy. not_found for a file that is not there, denied
/// for one that may not be read, malformed_input for one that is not what it should be, and for a
/// key that is another certificate's.
Result<boost::asio::ssl::context> load_server_tls(const ServerTls& files);

}  // namespace dsdash::http
