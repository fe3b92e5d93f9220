#include "services/secret.hpp"

#include <sys/random.h>

#include <stdexcept>

#include "domain/sha256.hpp"

namespace dsdash {

std::string new_secret() {
    Sha256 bytes{};  // as many as a digest has
    // getrandom(2): up to 256 bytes come whole, and are never interrupted once the generator is
    // ready.
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        throw std::runtime_error("the system gives no random numbers");
    }
    return to_hex(bytes);
}

}  // namespace dsdash
