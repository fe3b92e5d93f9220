#pragma once

#include "embedded/storage/account_parts.hpp"
#include "embedded/testing/temporary_folder.hpp"
#include "services/testing/fake_services.hpp"

namespace dsdash::embedded {

/// What one part of an account needs in a test, without the account: a file in a temporary folder
/// with the part's tables, and a clock that stands still.
class PartFixture {
  public:
    explicit PartFixture(const char* schema) : writer_(open_file(schema)) {}

    [[nodiscard]] const AccountParts& parts() const { return parts_; }
    [[nodiscard]] FakeClock& clock() { return clock_; }

  private:
    Database open_file(const char* schema) const {
        auto database = Database::open(file_, Database::Access::read_write).value();
        database.run_script(schema).value();
        return database;
    }

    TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path() / "account.db";
    FakeClock clock_;
    AccountIdentity identity_ = make_identity("test", AccountId::parse("111111111111").value(),
                                              Region::parse("eu-west-1").value())
                                    .value();
    Writer writer_;
    ReadPool reads_{file_};
    AccountParts parts_{identity_, writer_, reads_, clock_};
};

}  // namespace dsdash::embedded
