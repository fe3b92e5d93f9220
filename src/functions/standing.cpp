#include "functions/standing.hpp"

#include <boost/container_hash/hash.hpp>

namespace dsdash::functions {

std::size_t RegisteredAccounts::NameHash::operator()(const Name& name) const {
    std::size_t seed = std::hash<std::string_view>{}(name.first);
    boost::hash_combine(seed, std::hash<std::string_view>{}(name.second));
    return seed;
}

RegisteredAccounts::RegisteredAccounts(const std::vector<Registration>& registrations) {
    for (const auto& registration : registrations) {
        by_account_[registration.account].push_back(&registration);
        by_name_.emplace(Name{registration.project_name, registration.environment}, &registration);
    }
}

bool RegisteredAccounts::contains(const AccountId& account) const {
    return by_account_.contains(account);
}

Standing RegisteredAccounts::standing_of(const AccountId& account, std::string_view project_name,
                                         std::string_view environment) const {
    if (!contains(account)) return Standing::unregistered;
    const auto owner = by_name_.find({project_name, environment});
    if (owner == by_name_.end()) return Standing::differing;
    return owner->second->account == account ? Standing::matching : Standing::of_another_account;
}

std::string RegisteredAccounts::names_of(const AccountId& account) const {
    std::string names;
    const auto found = by_account_.find(account);
    if (found == by_account_.end()) return names;
    for (const auto* registration : found->second) {
        if (!names.empty()) names += ", ";
        names += registration->project_name;
        names += '/';
        names += registration->environment;
    }
    return names;
}

}  // namespace dsdash::functions
