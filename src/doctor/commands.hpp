#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/account_id.hpp"

namespace dsdash::doctor {

/// Writes the commands that mend what is wrong, to be pasted into a POSIX shell: each names the
/// account that it is for.
class Commands {
  public:
    enum class Home { embedded, aws };
    enum class NamedBy {
        account,  ///< of a data folder, where other accounts stand too: --account
        profile,  ///< of AWS's credentials files; others' are not known: --profile
    };
    /// `own` names the examined account as its user does ("hub"; empty: by the environment);
    /// `shared` are options that every command needs ("--data home").
    Commands(Home home, NamedBy named_by, std::string own, std::string shared)
        : home_(home), named_by_(named_by), own_(std::move(own)), shared_(std::move(shared)) {}

    [[nodiscard]] Home home() const { return home_; }

    [[nodiscard]] std::string put_parameter(std::string_view name, std::string_view value) const;
    /// The connection function with "EBPut" or "EBRule": here, or in another account.
    [[nodiscard]] std::string connect(std::string_view action) const;
    [[nodiscard]] std::string connect_at(const AccountId& account, std::string_view action) const;
    [[nodiscard]] std::string disconnect_from(const AccountId& account) const;
    [[nodiscard]] std::string deploy(std::string_view stack,
                                     const std::map<std::string, std::string>& context) const;
    [[nodiscard]] std::string refresh() const;
    /// Runs the extraction of another account, whose answer tells what failed and why.
    [[nodiscard]] std::string extract_at(const AccountId& account) const;
    /// Sends dead letters once more; so many that a command would be too long, by "all".
    [[nodiscard]] std::string replay(const std::vector<std::string>& ids) const;
    [[nodiscard]] std::string doctor_at(const AccountId& account) const;

  private:
    [[nodiscard]] std::string here(std::string_view words) const;
    [[nodiscard]] std::string at(const AccountId& account, std::string_view words) const;

    Home home_;
    NamedBy named_by_;
    std::string own_;
    std::string shared_;
};

/// `text` as one word of a POSIX shell.
[[nodiscard]] std::string shell_word(std::string_view text);

}  // namespace dsdash::doctor
