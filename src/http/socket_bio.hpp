#pragma once

#include <openssl/bio.h>

namespace dsdash::http {

/// What OpenSSL reads from and writes to: a connected, non-blocking socket, which must outlive it.
/// OpenSSL's own (BIO_s_socket) writes in a way that kills the process when the peer has gone
/// (SIGPIPE). Owned by the caller. Throws std::bad_alloc.
[[nodiscard]] BIO* make_socket_bio(int socket);

}  // namespace dsdash::http
