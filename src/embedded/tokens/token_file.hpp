#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "embedded/storage/file_lock.hpp"
#include "embedded/tokens/token_entries.hpp"

namespace dsdash::embedded {

/// The tokens of a dashboard, in the folder that it keeps its data in:
/// FOLDER/dashboard-tokens.json, mode 0600, replaced in one step. Several processes may change it
/// at once.
class TokenFile {
  public:
    static constexpr std::size_t kTokensMax = 1000;
    static constexpr std::size_t kProjectsMax = 100;
    static constexpr std::size_t kProjectBytesMax = 256;

    explicit TokenFile(const std::filesystem::path& folder)
        : path_(folder / "dashboard-tokens.json"), lock_path_(folder / "dashboard-tokens.lock") {}

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    /// Makes a token, and returns the secret that proves it: it is kept nowhere. conflict when
    /// there is one of that name, malformed_input for a name other than 1 to 64 letters, digits,
    /// "_" and "-", for projects that are none, too many or not UTF-8 of 1 to 256 bytes.
    /// Else as read().
    Result<std::string> create(const DashboardToken& token) const;
    /// not_found when there is none of that name.
    Result<void> revoke(std::string_view name) const;
    /// As they were created. malformed_input, naming the file, when it is not as we write it;
    /// denied when everybody on this machine may write to it or its folder, and so make tokens.
    [[nodiscard]] Result<std::vector<TokenEntry>> read() const;

  private:
    [[nodiscard]] Result<FileLock> lock() const;

    std::filesystem::path path_;
    std::filesystem::path lock_path_;
};

}  // namespace dsdash::embedded
