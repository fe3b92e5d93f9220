#include "http/socket_bio.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <memory>
#include <new>

namespace dsdash::http {

namespace {

int socket_of(BIO* bio) {
    int socket = -1;
    BIO_ctrl(bio, BIO_C_GET_FD, 0, &socket);
    return socket;
}

bool may_try_again() {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

int write_to_socket(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const auto count = ::send(socket_of(bio), bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (count < 0 && may_try_again()) {
        BIO_set_retry_write(bio);
    }
    return static_cast<int>(count);
}

int read_from_socket(BIO* bio, char* room, int size) {
    BIO_clear_retry_flags(bio);
    const auto count = ::recv(socket_of(bio), room, static_cast<std::size_t>(size), 0);
    if (count < 0 && may_try_again()) {
        BIO_set_retry_read(bio);
    }
    return static_cast<int>(count);
}

using Methods = std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)>;

/// OpenSSL's, but for reading and writing.
Methods make_methods() {
    const auto* own = BIO_s_socket();
    Methods methods(BIO_meth_new(BIO_TYPE_SOCKET, "socket without SIGPIPE"), BIO_meth_free);
    if (methods == nullptr || BIO_meth_set_write(methods.get(), write_to_socket) != 1 ||
        BIO_meth_set_read(methods.get(), read_from_socket) != 1 ||
        BIO_meth_set_ctrl(methods.get(), BIO_meth_get_ctrl(own)) != 1 ||
        BIO_meth_set_create(methods.get(), BIO_meth_get_create(own)) != 1 ||
        BIO_meth_set_destroy(methods.get(), BIO_meth_get_destroy(own)) != 1) {
        throw std::bad_alloc();
    }
    return methods;
}

}  // namespace

BIO* make_socket_bio(int socket) {
    static const Methods kMethods = make_methods();
    BIO* bio = BIO_new(kMethods.get());
    if (bio == nullptr) {
        throw std::bad_alloc();
    }
    BIO_set_fd(bio, socket, BIO_NOCLOSE);
    return bio;
}

}  // namespace dsdash::http
