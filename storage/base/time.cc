#include "storage/base/time.h"

#include <chrono>

#include "absl/strings/str_format.h"

namespace mailtrail {
namespace {

// Takes a text apart from the front. After the first mismatch ok() is false and everything else is
// of no meaning.
class Scanner {
 public:
  explicit Scanner(std::string_view rest) : rest_(rest) {}

  // Exactly `count` digits.
  int Number(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value * 10 + Digit();
    return value;
  }
  // One of `allowed`; gives which.
  char OneOf(std::string_view allowed) {
    if (rest_.empty() || allowed.find(rest_.front()) == std::string_view::npos) return Fail();
    return Take();
  }
  bool Skip(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    Take();
    return true;
  }
  [[nodiscard]] bool AtDigit() const {
    return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
  }
  [[nodiscard]] bool AtEnd() const { return ok_ && rest_.empty(); }

 private:
  int Digit() { return AtDigit() ? Take() - '0' : Fail(); }
  char Take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  char Fail() {
    ok_ = false;
    rest_ = {};
    return 0;
  }

  std::string_view rest_;
  bool ok_ = true;
};

// One to nine digits after the point, cut to milliseconds.
std::optional<int> ScanFraction(Scanner& scan) {
  int millis = 0;
  int digits = 0;
  for (; scan.AtDigit(); ++digits) {
    const int digit = scan.Number(1);
    if (digits < 3) millis = millis * 10 + digit;
  }
  if (digits < 1 || digits > 9) return std::nullopt;
  for (; digits < 3; ++digits) millis *= 10;
  return millis;
}

// "Z", "+hh:mm" or "+hhmm", perhaps behind a space: minutes east of Greenwich.
std::optional<int> ScanOffset(Scanner& scan) {
  scan.Skip(' ');
  const char sign = scan.OneOf("Zz+-");
  if (sign == 'Z' || sign == 'z') return 0;
  const int hours = scan.Number(2);
  scan.Skip(':');
  const int minutes = scan.Number(2);
  if (hours > 23 || minutes > 59) return std::nullopt;
  return (hours * 60 + minutes) * (sign == '-' ? -1 : 1);
}

}  // namespace

std::optional<UnixMillis> ParseTime(std::string_view text) {
  Scanner scan(text);
  const std::chrono::year year(scan.Number(4));
  scan.OneOf("-");
  const std::chrono::month month(static_cast<unsigned>(scan.Number(2)));
  scan.OneOf("-");
  const std::chrono::day day(static_cast<unsigned>(scan.Number(2)));
  scan.OneOf("Tt");
  const int hour = scan.Number(2);
  scan.OneOf(":");
  const int minute = scan.Number(2);
  scan.OneOf(":");
  int second = scan.Number(2);
  std::optional<int> millis = 0;
  if (scan.Skip('.')) millis = ScanFraction(scan);
  const std::optional<int> offset_minutes = ScanOffset(scan);
  if (!scan.AtEnd() || !millis.has_value() || !offset_minutes.has_value()) return std::nullopt;

  const std::chrono::year_month_day date(year, month, day);
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  if (second == 60) {
    second = 59;
    millis = 999;
  }
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  const UnixMillis time{days * kMillisPerDay + hour * kMillisPerHour +
                        (minute - *offset_minutes) * kMillisPerMinute + second * kMillisPerSecond +
                        *millis};
  if (time < UnixMillis{0} || time > kUnixMillisMax) return std::nullopt;
  return time;
}

std::string FormatTime(UnixMillis t) {
  const std::chrono::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(t.value)};
  const auto midnight = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(midnight);
  const std::chrono::hh_mm_ss clock(time - midnight);
  return absl::StrFormat("%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                         static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                         clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                         clock.subseconds().count());
}

}  // namespace mailtrail
