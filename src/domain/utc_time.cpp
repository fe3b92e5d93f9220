#include "domain/utc_time.hpp"

#include <cmath>
#include <optional>

namespace dsdash {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t kMicrosecondDigits = 6;
constexpr std::chrono::sys_days kYearOne{std::chrono::year{1} / 1 / 1};
constexpr std::chrono::sys_days kYearTenThousand{std::chrono::year{10000} / 1 / 1};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Takes a text apart from the left. After the first mismatch nothing matches any more, so that
/// only the end has to be asked whether all went well.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    int number(std::size_t digits) {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (i >= rest_.size() || !is_digit(rest_[i])) {
                ok_ = false;
                return 0;
            }
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(digits);
        return value;
    }

    bool accept(char c) {
        if (!ok_ || !rest_.starts_with(c)) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }

    void expect(char c) { ok_ = accept(c); }

    /// Digits of a fraction of a second, at least one; those beyond the microsecond are dropped.
    microseconds fraction() {
        int value = 0;
        std::size_t count = 0;
        for (; count < rest_.size() && is_digit(rest_[count]); ++count) {
            if (count < kMicrosecondDigits) {
                value = value * 10 + (rest_[count] - '0');
            }
        }
        ok_ = ok_ && count > 0;
        rest_.remove_prefix(count);
        for (; count < kMicrosecondDigits; ++count) {
            value *= 10;
        }
        return microseconds(value);
    }

    [[nodiscard]] bool complete() const { return ok_ && rest_.empty(); }

  private:
    std::string_view rest_;
    bool ok_ = true;
};

struct CalendarFields {
    int year, month, day, hour, minute, second;
};

std::optional<TimePoint> to_time_point(const CalendarFields& f) {
    const std::chrono::year_month_day date{std::chrono::year{f.year},
                                           std::chrono::month{static_cast<unsigned>(f.month)},
                                           std::chrono::day{static_cast<unsigned>(f.day)}};
    if (f.year < 1 || !date.ok() || f.hour > 23 || f.minute > 59 || f.second > 59) {
        return std::nullopt;
    }
    return std::chrono::sys_days{date} + hours(f.hour) + minutes(f.minute) + seconds(f.second);
}

/// Puts a text together from the left. (fmt takes ten times as long, and two of these dates are
/// written for every event.)
class Writer {
  public:
    explicit Writer(TimePoint time)
        : midnight_(std::chrono::floor<days>(time)), date_(midnight_), of_day_(time - midnight_) {}

    Writer& date(std::string_view between) {
        digits(static_cast<int>(date_.year()), 4);
        text_.append(between);
        digits(static_cast<unsigned>(date_.month()), 2);
        text_.append(between);
        digits(static_cast<unsigned>(date_.day()), 2);
        return *this;
    }
    Writer& time(std::string_view between) {
        digits(of_day_.hours().count(), 2);
        text_.append(between);
        digits(of_day_.minutes().count(), 2);
        text_.append(between);
        digits(of_day_.seconds().count(), 2);
        return *this;
    }
    Writer& fraction() {
        digits(of_day_.subseconds().count(), kMicrosecondDigits);
        return *this;
    }
    Writer& character(char c) {
        text_.push_back(c);
        return *this;
    }
    std::string text() { return std::move(text_); }

  private:
    void digits(std::int64_t value, std::size_t width) {
        const auto start = text_.size();
        text_.append(width, '0');
        for (auto i = start + width; i > start; value /= 10) {
            text_[--i] = static_cast<char>('0' + value % 10);
        }
    }

    std::chrono::sys_days midnight_;
    std::chrono::year_month_day date_;
    std::chrono::hh_mm_ss<microseconds> of_day_;
    std::string text_;
};

CalendarFields scan_date_and_time(Scanner& scanner, char between) {
    CalendarFields f{};
    f.year = scanner.number(4);
    scanner.expect('-');
    f.month = scanner.number(2);
    scanner.expect('-');
    f.day = scanner.number(2);
    scanner.expect(between);
    f.hour = scanner.number(2);
    scanner.expect(':');
    f.minute = scanner.number(2);
    scanner.expect(':');
    f.second = scanner.number(2);
    return f;
}

std::optional<TimePoint> finish(const Scanner& scanner, const CalendarFields& fields) {
    return scanner.complete() ? to_time_point(fields) : std::nullopt;
}

bool is_in_calendar(TimePoint time) {
    return time >= kYearOne && time < kYearTenThousand;
}

}  // namespace

std::string format_extraction_date(TimePoint time) {
    return Writer(time).date("-").character(' ').time(":").character('.').fraction().text();
}

Result<TimePoint> parse_extraction_date(std::string_view text) {
    Scanner scanner(text);
    const auto fields = scan_date_and_time(scanner, ' ');
    microseconds fraction{0};
    if (scanner.accept('.')) {
        fraction = microseconds(scanner.number(kMicrosecondDigits));
    }
    if (const auto time = finish(scanner, fields)) {
        return *time + fraction;
    }
    return fail(ErrorKind::malformed_input,
                "a date must have the form YYYY-MM-DD HH:MM:SS.ffffff (UTC)");
}

std::string format_iso8601(TimePoint time) {
    return Writer(time).date("-").character('T').time(":").character('Z').text();
}

Result<TimePoint> parse_iso8601(std::string_view text) {
    Scanner scanner(text);
    const auto fields = scan_date_and_time(scanner, 'T');
    const auto fraction = scanner.accept('.') ? scanner.fraction() : microseconds{0};
    minutes offset{0};
    if (!scanner.accept('Z')) {
        const bool west = scanner.accept('-');
        if (!west) {
            scanner.expect('+');
        }
        const int offset_hours = scanner.number(2);
        scanner.expect(':');
        const int offset_minutes = scanner.number(2);
        if (offset_hours > 23 || offset_minutes > 59) {
            return fail(ErrorKind::malformed_input, "a time's offset must be within +-23:59");
        }
        offset = (hours(offset_hours) + minutes(offset_minutes)) * (west ? -1 : 1);
    }
    if (const auto time = finish(scanner, fields)) {
        const auto utc = *time + fraction - offset;
        if (is_in_calendar(utc)) {
            return utc;
        }
    }
    return fail(ErrorKind::malformed_input,
                "a time must have the form YYYY-MM-DDTHH:MM:SSZ, or with an offset (RFC 3339)");
}

std::string format_amz_date(TimePoint time) {
    return Writer(time).date("").character('T').time("").character('Z').text();
}

Result<TimePoint> parse_amz_date(std::string_view text) {
    Scanner scanner(text);
    CalendarFields fields{};
    fields.year = scanner.number(4);
    fields.month = scanner.number(2);
    fields.day = scanner.number(2);
    scanner.expect('T');
    fields.hour = scanner.number(2);
    fields.minute = scanner.number(2);
    fields.second = scanner.number(2);
    scanner.expect('Z');
    if (const auto time = finish(scanner, fields)) {
        return *time;
    }
    return fail(ErrorKind::malformed_input, "a date must have the form YYYYMMDDTHHMMSSZ");
}

double to_epoch_seconds(TimePoint time) {
    return static_cast<double>(time.time_since_epoch().count()) / 1e6;
}

Result<TimePoint> from_epoch_seconds(double value) {
    constexpr double kFirst = std::chrono::duration<double>(kYearOne.time_since_epoch()).count();
    constexpr double kEnd =
        std::chrono::duration<double>(kYearTenThousand.time_since_epoch()).count();
    if (!(value >= kFirst && value < kEnd)) {  // also refuses NaN
        return fail(ErrorKind::malformed_input, "a time must lie in the years 0001 to 9999");
    }
    return TimePoint(microseconds(std::llround(value * 1e6)));
}

}  // namespace dsdash
