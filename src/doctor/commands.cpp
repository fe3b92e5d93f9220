#include "doctor/commands.hpp"

#include <fmt/format.h>

#include "domain/contract.hpp"

namespace dsdash::doctor {

namespace {

constexpr std::size_t kReplayedIdsMax = 10;

std::string connection_call(std::string_view action) {
    return fmt::format(R"(invoke {} --payload '{{"action":"{}"}}')", contract::kConnectionFunction,
                       action);
}

}  // namespace

std::string shell_word(std::string_view text) {
    constexpr std::string_view kPlain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,=@%+";
    if (!text.empty() && text.find_first_not_of(kPlain) == std::string_view::npos) {
        return std::string(text);
    }
    std::string word = "'";
    for (const char c : text) word += c == '\'' ? std::string(R"('\'')") : std::string(1, c);
    return word + "'";
}

std::string Commands::here(std::string_view words) const {
    auto command = fmt::format("dsdash {}", words);
    if (!own_.empty()) {
        command += named_by_ == NamedBy::account ? " --account " : " --profile ";
        command += shell_word(own_);
    }
    return shared_.empty() ? command : fmt::format("{} {}", command, shared_);
}

std::string Commands::at(const AccountId& account, std::string_view words) const {
    const auto command =
        named_by_ == NamedBy::account
            ? fmt::format("dsdash {} --account {}", words, account.text())
            : fmt::format("dsdash {} --profile '<profile of {}>'", words, account.text());
    return shared_.empty() ? command : fmt::format("{} {}", command, shared_);
}

std::string Commands::put_parameter(std::string_view name, std::string_view value) const {
    return here(
        fmt::format("put-parameter {} {} --overwrite", shell_word(name), shell_word(value)));
}

std::string Commands::connect(std::string_view action) const {
    return here(connection_call(action));
}

std::string Commands::connect_at(const AccountId& account, std::string_view action) const {
    return at(account, connection_call(action));
}

std::string Commands::disconnect_from(const AccountId& account) const {
    return here(fmt::format("disconnect --from {}", account.text()));
}

std::string Commands::deploy(std::string_view stack,
                             const std::map<std::string, std::string>& context) const {
    std::string values;
    for (const auto& [key, value] : context) {
        values += fmt::format(" -c {}", shell_word(fmt::format("{}={}", key, value)));
    }
    if (home_ == Home::embedded) return here(fmt::format("deploy {}{}", stack, values));
    const auto profile = own_.empty() ? "" : fmt::format(" --profile {}", shell_word(own_));
    return fmt::format("cdk deploy --app 'build/release/dsdash synth {}'{}{}", stack, values,
                       profile);
}

std::string Commands::refresh() const {
    return here("refresh --wait");
}

std::string Commands::extract_at(const AccountId& account) const {
    return at(account, fmt::format("invoke {}", contract::kExtractionFunction));
}

std::string Commands::replay(const std::vector<std::string>& ids) const {
    if (ids.size() > kReplayedIdsMax) return here("dead-letters replay --all");
    std::string words = "dead-letters replay";
    for (const auto& id : ids) words += " " + shell_word(id);
    return here(words);
}

std::string Commands::doctor_at(const AccountId& account) const {
    return at(account, "doctor");
}

}  // namespace dsdash::doctor
