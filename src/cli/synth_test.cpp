#include <gmock/gmock.h>

#include <filesystem>
#include <sstream>

#include "cli/file_text.hpp"
#include "cli/program.hpp"
#include "domain/json.hpp"
#include "embedded/testing/temporary_folder.hpp"

namespace dsdash::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// `dsdash synth` as the CDK CLI runs it.
class Synth : public testing::Test {
  protected:
    Synth() : package_(folder() / "package"), output_(folder() / "new" / "cdk.out") {
        variables_ = {{"CDK_OUTDIR", output_.string()}, {"CDK_CONTEXT_JSON", "{}"}};
        fs::create_directory(package_);
        EXPECT_TRUE(write_file(package_ / "bootstrap", "#!/bin/sh\n"));
        fs::permissions(package_ / "bootstrap", fs::perms::owner_all);
    }
    fs::path folder() const { return temporary_.path(); }
    int run(const char* stack) {
        Session session{
            .console = {.out = out_, .err = err_}, .environment = [this](const std::string& name) {
                const auto found = variables_.find(name);
                return found == variables_.end() ? std::nullopt : std::optional(found->second);
            }};
        const auto package = package_.string();
        const std::vector<const char*> words{"synth", stack, "--package", package.c_str()};
        return run_program(words, session);
    }
    json::object file(const std::string& name) {
        return json::parse(read_file(output_ / name, 1'000'000).value()).as_object();
    }

    embedded::TemporaryFolder temporary_;
    std::map<std::string, std::string> variables_;
    fs::path package_;
    fs::path output_;
    std::ostringstream out_;
    std::ostringstream err_;
};

TEST_F(Synth, WritesTheAssemblyWithTheCode) {
    ASSERT_EQ(run("hub"), 0) << err_.str();
    const auto assets = file("ds-dashboard-hub-stack.assets.json").at("files").as_object();
    ASSERT_EQ(assets.size(), 1U);
    const std::string path(assets.begin()->value().at("source").at("path").as_string());
    const auto bootstrap = output_ / path / "bootstrap";
    EXPECT_EQ(fs::status(bootstrap).permissions() & fs::perms::owner_all, fs::perms::owner_all);
    EXPECT_TRUE(
        file("manifest.json").at("artifacts").as_object().contains("ds-dashboard-hub-stack"));
    EXPECT_TRUE(file("ds-dashboard-hub-stack.template.json").contains("Resources"));
    EXPECT_EQ(out_.str(), "");
}

TEST_F(Synth, ReadsTheContextThatDidNotFitTheEnvironment) {
    const auto overflow = folder() / "overflow.json";
    ASSERT_TRUE(
        write_file(overflow, R"({"metrics":"NumberEndPointsInService","environment":"dev"})"));
    variables_["CDK_CONTEXT_JSON"] = R"({"project_name":"churn"})";
    variables_["CONTEXT_OVERFLOW_LOCATION_ENV"] = overflow.string();
    ASSERT_EQ(run("spoke"), 0) << err_.str();
    EXPECT_TRUE(file("ds-dashboard-spoke-stack.template.json").contains("Outputs"));
}

TEST_F(Synth, TellsWhatIsMissingInTheAssembly) {
    const auto error_of = [this](const std::string& stack) {
        return std::string(file("manifest.json")
                               .at("artifacts")
                               .at(stack)
                               .at("metadata")
                               .at("/" + stack)
                               .at(0)
                               .at("data")
                               .as_string());
    };
    ASSERT_EQ(run("spoke"), 0) << err_.str();
    EXPECT_THAT(error_of("ds-dashboard-spoke-stack"), HasSubstr("project_name"));

    fs::remove_all(package_);
    ASSERT_EQ(run("hub"), 0) << err_.str();
    EXPECT_THAT(error_of("ds-dashboard-hub-stack"), HasSubstr("./dev lambda"));

    variables_["CONTEXT_OVERFLOW_LOCATION_ENV"] = (folder() / "none").string();
    ASSERT_EQ(run("hub"), 0) << err_.str();
    EXPECT_THAT(error_of("ds-dashboard-hub-stack"), HasSubstr("none"));
}

TEST_F(Synth, NeedsToKnowWhereToWrite) {
    variables_.erase("CDK_OUTDIR");
    EXPECT_EQ(run("hub"), 2);
    EXPECT_THAT(err_.str(), HasSubstr("cdk deploy --app \"dsdash synth hub\""));
    ASSERT_TRUE(write_file(folder() / "file", ""));
    variables_["CDK_OUTDIR"] = (folder() / "file" / "cdk.out").string();
    EXPECT_EQ(run("hub"), 1);
}

}  // namespace
}  // namespace dsdash::cli
