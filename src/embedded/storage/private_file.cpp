#include "embedded/storage/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string_view>
#include <system_error>

#include "embedded/storage/file_descriptor.hpp"

namespace dsdash::embedded {

namespace {

std::unexpected<Error> fail_with_errno(std::string_view what, const std::filesystem::path& file) {
    return fail(ErrorKind::unreachable, std::string(what) + " " + file.string() + ": " +
                                            std::generic_category().message(errno));
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

Result<std::string> read_file_if_there(const std::filesystem::path& file) {
    const FileDescriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!descriptor) {
        if (errno == ENOENT) return std::string();
        return fail_with_errno("cannot open", file);
    }
    std::string text;
    char buffer[16 * 1024];
    while (true) {
        const ssize_t size = ::read(descriptor.get(), buffer, sizeof buffer);
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return fail_with_errno("cannot read", file);
        if (size == 0) return text;
        text.append(buffer, static_cast<std::size_t>(size));
    }
}

Result<void> write_private_file(const std::filesystem::path& file, std::string_view text) {
    const std::filesystem::path aside = file.string() + ".new";
    ::unlink(aside.c_str());  // what a crash left behind, if it did
    const FileDescriptor descriptor(
        ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!descriptor) return fail_with_errno("cannot create", aside);
    if (!write_all(descriptor.get(), text) || ::fsync(descriptor.get()) != 0) {
        auto failure = fail_with_errno("cannot write", aside);
        ::unlink(aside.c_str());
        return failure;
    }
    return rename_durably(aside, file);
}

Result<void> create_private_folder(const std::filesystem::path& folder) {
    std::error_code error;
    const auto parent = std::filesystem::absolute(folder, error).parent_path();
    if (!error) std::filesystem::create_directories(parent, error);
    if (error) {
        return fail(ErrorKind::unreachable,
                    "cannot create " + parent.string() + ": " + error.message());
    }
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        return fail_with_errno("cannot create", folder);
    }
    if (!std::filesystem::is_directory(folder, error)) {
        return fail(ErrorKind::unreachable, folder.string() + " is not a folder");
    }
    return {};
}

Result<void> refuse_if_writable_by_all(const std::filesystem::path& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) {
        if (errno == ENOENT) return {};
        return fail_with_errno("cannot look at", path);
    }
    if ((status.st_mode & S_IWOTH) == 0) return {};
    auto refused =
        fail(ErrorKind::denied, "everybody on this machine may write to " + path.string());
    refused.error().hint = "take that right away with chmod o-w, or use a folder of your own";
    return refused;
}

Result<void> rename_durably(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (std::rename(from.c_str(), to.c_str()) != 0) return fail_with_errno("cannot rename", from);
    const FileDescriptor folder(
        ::open(to.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder || ::fsync(folder.get()) != 0) {
        return fail_with_errno("cannot sync", to.parent_path());
    }
    return {};
}

}  // namespace dsdash::embedded
