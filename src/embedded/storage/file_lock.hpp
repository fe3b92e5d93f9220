#pragma once

#include <filesystem>

#include "domain/result.hpp"
#include "embedded/storage/file_descriptor.hpp"

namespace dsdash::embedded {

/// Keeps other processes out (and other FileLocks in this one), until it goes or the process dies.
class FileLock {
  public:
    /// Waits for its turn. Creates the file if need be; it stays there.
    static Result<FileLock> wait_for(const std::filesystem::path& file);
    /// conflict when somebody holds it.
    static Result<FileLock> try_to_take(const std::filesystem::path& file);

  private:
    explicit FileLock(FileDescriptor descriptor) : descriptor_(std::move(descriptor)) {}
    static Result<FileLock> take(const std::filesystem::path& file, int operation);
    FileDescriptor descriptor_;
};

}  // namespace dsdash::embedded
