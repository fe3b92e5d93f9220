#include "aws/parameter_store.hpp"
#include "contract/contract_fixture.hpp"

namespace dsdash::contract_suite {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class ParameterStoreContract : public Contract {
  public:
    ~ParameterStoreContract() override {
        for (const auto& name : names_) {
            (void)home().api().call("ssm", "DeleteParameter", {{"Name", name}});
        }
    }

  protected:
    [[nodiscard]] std::string path() const { return "/" + own("contract") + "/"; }

    Result<json::object> write(const std::string& name, std::string_view value,
                               bool overwrite = false) {
        names_.push_back(path() + name);
        return home().api().call("ssm", "PutParameter",
                                 {{"Name", path() + name},
                                  {"Value", value},
                                  {"Type", "String"},
                                  {"Overwrite", overwrite}});
    }

    std::vector<std::string> list(const std::string& below = "") {
        std::vector<std::string> found;
        const auto parameters = store_.list_by_path(path() + below);
        EXPECT_TRUE(parameters) << parameters.error().message;
        for (const auto& one : parameters.value_or(std::vector<Parameter>{})) {
            found.push_back(one.name.substr(path().size()) + "=" + one.value);
        }
        return found;
    }

    aws::AwsParameterStore store_{home().api()};

  private:
    std::vector<std::string> names_;
};

TEST_F(ParameterStoreContract, GetsAParameterByItsName) {
    ASSERT_TRUE(write("a", "1"));
    const auto parameter = store_.get(path() + "a");
    ASSERT_TRUE(parameter) << parameter.error().message;
    EXPECT_EQ(parameter->name, path() + "a");
    EXPECT_EQ(parameter->value, "1");
}

TEST_F(ParameterStoreContract, AnswersNotFoundForWhatIsNotThere) {
    const auto parameter = store_.get(path() + "none");
    ASSERT_FALSE(parameter);
    EXPECT_EQ(parameter.error().kind, ErrorKind::not_found);
    EXPECT_EQ(parameter.error().code, "ParameterNotFound");
}

TEST_F(ParameterStoreContract, RefusesToOverwriteUnlessTold) {
    ASSERT_TRUE(write("a", "1"));
    const auto refused = write("a", "2");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "ParameterAlreadyExists");
    EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
    EXPECT_TRUE(write("a", "3", true));
    EXPECT_THAT(list(), ElementsAre("a=3"));
}

TEST_F(ParameterStoreContract, ListsEveryPageAtAnyDepthByName) {
    for (int i = 22; i >= 0; --i) {
        ASSERT_TRUE(write(fmt::format("p/{:02}", i), std::to_string(i)));
    }
    ASSERT_TRUE(write("p/x/y/z", "deep"));
    ASSERT_TRUE(write("pp", "beside"));
    const auto found = list("p");
    ASSERT_THAT(found, SizeIs(24));
    EXPECT_EQ(found[0], "p/00=0");
    EXPECT_EQ(found[22], "p/22=22");
    EXPECT_EQ(found[23], "p/x/y/z=deep");
}

TEST_F(ParameterStoreContract, ListsNothingBelowAPathThatIsNotThere) {
    EXPECT_THAT(list("none"), SizeIs(0));
}

TEST_F(ParameterStoreContract, ShowsOneLevelUnlessAskedForAll) {
    ASSERT_TRUE(write("a", "1"));
    ASSERT_TRUE(write("b/c", "2"));
    auto below = path();
    below.pop_back();
    const auto level = home().api().call("ssm", "GetParametersByPath", {{"Path", below}});
    ASSERT_TRUE(level) << level.error().message;
    ASSERT_THAT(level->at("Parameters").as_array(), SizeIs(1));
    EXPECT_EQ(level->at("Parameters").at(0).at("Name").as_string(), path() + "a");
}

TEST_F(ParameterStoreContract, DeletesWhatIsThereAndNamesWhatIsNot) {
    ASSERT_TRUE(write("a", "1"));
    const auto deleted =
        home().api().call("ssm", "DeleteParameters", {{"Names", {path() + "a", path() + "none"}}});
    ASSERT_TRUE(deleted) << deleted.error().message;
    EXPECT_EQ(deleted->at("DeletedParameters"), json::array{path() + "a"});
    EXPECT_EQ(deleted->at("InvalidParameters"), json::array{path() + "none"});
    const auto again = home().api().call("ssm", "DeleteParameter", {{"Name", path() + "a"}});
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, "ParameterNotFound");
}

TEST_F(ParameterStoreContract, RefusesPagesOfMoreThanTen) {
    const auto refused = home().api().call("ssm", "GetParametersByPath",
                                           {{"Path", "/contract"}, {"MaxResults", 11}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "ValidationException");
    EXPECT_EQ(refused.error().kind, ErrorKind::malformed_input);
}

}  // namespace
}  // namespace dsdash::contract_suite
