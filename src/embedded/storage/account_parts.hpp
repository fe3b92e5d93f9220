#pragma once

#include "embedded/storage/account_identity.hpp"
#include "embedded/storage/read_pool.hpp"
#include "embedded/storage/writer.hpp"
#include "services/clock.hpp"

namespace dsdash::embedded {

/// What each part of an account (ParameterTable, Bus, …) is constructed from. Every part also has
/// `static const char* schema()`: CREATE … IF NOT EXISTS statements that Account::open runs.
struct AccountParts {
    const AccountIdentity& identity;
    Writer& writer;
    ReadPool& reads;
    const Clock& clock;
};

}  // namespace dsdash::embedded
