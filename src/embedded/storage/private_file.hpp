#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace dsdash::embedded {

/// The whole file; empty when there is none. unreachable when it cannot be read.
Result<std::string> read_file_if_there(const std::filesystem::path& file);

/// Puts `text` in the place of `file` in one step, mode 0600: after a crash it holds either the old
/// text or the new one. On disk when it returns; unreachable when the disk fails or is full.
Result<void> write_private_file(const std::filesystem::path& file, std::string_view text);

/// Makes `folder` with mode 0700 unless it is there, and its parents.
Result<void> create_private_folder(const std::filesystem::path& folder);

/// denied when everybody on this machine may write to `path`, a file or a folder; nothing when it
/// is not there.
Result<void> refuse_if_writable_by_all(const std::filesystem::path& path);

/// Renames within one folder, and waits until that is on disk.
Result<void> rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace dsdash::embedded
