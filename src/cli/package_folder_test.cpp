#include "cli/package_folder.hpp"

#include <gmock/gmock.h>

#include "cli/file_text.hpp"
#include "embedded/testing/temporary_folder.hpp"

namespace dsdash::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class PackageFolder : public testing::Test {
  protected:
    PackageFolder() : folder_(fs::path(temporary_.path()) / "package") {
        fs::create_directory(folder_);
    }
    void write(const std::string& name, std::string_view text, bool executable = false) {
        const auto path = folder_ / name;
        ASSERT_TRUE(write_file(path, text));
        fs::permissions(path, fs::perms::owner_exec,
                        executable ? fs::perm_options::add : fs::perm_options::remove);
    }
    std::string hash() { return measure_package(folder_).value().hash; }

    embedded::TemporaryFolder temporary_;
    fs::path folder_;
};

TEST_F(PackageFolder, HasAHashOfNamesContentsAndExecutableBits) {
    write("bootstrap", "#!/bin/sh\n", true);
    write("roots.pem", "a");
    const auto before = hash();
    EXPECT_EQ(before.size(), 64U);
    EXPECT_EQ(hash(), before);
    write("roots.pem", "b");
    const auto after = hash();
    EXPECT_NE(after, before);
    write("roots.pem", "b", true);
    EXPECT_NE(hash(), after);
    write("roots.pem", "a");
    EXPECT_EQ(hash(), before);
    fs::rename(folder_ / "roots.pem", folder_ / "other.pem");
    EXPECT_NE(hash(), before);
}

TEST_F(PackageFolder, SaysHowToBuildWhatIsMissing) {
    const auto expect_missing = [this] {
        const auto asset = measure_package(folder_);
        ASSERT_FALSE(asset);
        EXPECT_EQ(asset.error().kind, ErrorKind::not_found);
        EXPECT_THAT(asset.error().message, HasSubstr("bootstrap"));
        EXPECT_THAT(asset.error().hint, HasSubstr("./dev lambda"));
    };
    expect_missing();
    write("bootstrap", "#!/bin/sh\n", false);
    expect_missing();
    fs::remove_all(folder_);
    expect_missing();
}

/// As much of an ELF header as tells the processor.
std::string elf(char machine) {
    std::string header("\177ELF");
    header.resize(20, '\0');
    header[18] = machine;
    return header;
}

TEST_F(PackageFolder, KnowsTheProcessorThatItsProgramIsFor) {
    for (const auto& [program, architecture] :
         {std::pair(elf('\x3e'), "x86_64"), std::pair(elf('\xb7'), "arm64"),
          std::pair(std::string("#!/bin/sh\n"), "x86_64")}) {
        write("bootstrap", program, true);
        EXPECT_EQ(measure_package(folder_).value().architecture, architecture);
    }
    for (const auto& program : {elf('\x28'), elf('\x3e').substr(0, 19), elf('\x3e').substr(0, 4)}) {
        write("bootstrap", program, true);
        EXPECT_FALSE(measure_package(folder_));
    }
}

TEST_F(PackageFolder, RefusesLinks) {
    write("bootstrap", "#!/bin/sh\n", true);
    fs::create_symlink("/etc/passwd", folder_ / "link");
    const auto asset = measure_package(folder_);
    ASSERT_FALSE(asset);
    EXPECT_THAT(asset.error().message, HasSubstr("link"));
}

TEST_F(PackageFolder, IsCopiedWithItsExecutableBits) {
    write("bootstrap", "#!/bin/sh\n", true);
    fs::create_directory(folder_ / "certificates");
    write("certificates/roots.pem", "a");
    const auto copy = fs::path(temporary_.path()) / "asset.1";
    // What a copy that was cut short has left.
    fs::create_directory(fs::path(temporary_.path()) / "asset.1.unfinished");
    ASSERT_TRUE(copy_package(folder_, copy));
    EXPECT_EQ(measure_package(copy).value().hash, hash());
    ASSERT_TRUE(copy_package(folder_, copy));
    EXPECT_FALSE(copy_package(folder_, fs::path(temporary_.path()) / "none" / "asset.1"));
}

}  // namespace
}  // namespace dsdash::cli
