#include "embedded/storage/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace dsdash::embedded {

Result<FileLock> FileLock::wait_for(const std::filesystem::path& file) {
    return take(file, LOCK_EX);
}

Result<FileLock> FileLock::try_to_take(const std::filesystem::path& file) {
    return take(file, LOCK_EX | LOCK_NB);
}

Result<FileLock> FileLock::take(const std::filesystem::path& file, int operation) {
    FileDescriptor descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!descriptor) {
        return fail(ErrorKind::unreachable,
                    "cannot open " + file.string() + ": " + std::generic_category().message(errno));
    }
    int outcome = 0;
    do {
        outcome = ::flock(descriptor.get(), operation);
    } while (outcome != 0 && errno == EINTR);
    if (outcome == 0) return FileLock(std::move(descriptor));
    if (errno == EWOULDBLOCK) {
        return fail(ErrorKind::conflict, file.string() + " is held by another process");
    }
    return fail(ErrorKind::unreachable,
                "cannot lock " + file.string() + ": " + std::generic_category().message(errno));
}

}  // namespace dsdash::embedded
