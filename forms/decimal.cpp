#include "forms/decimal.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>

namespace intake::forms {
namespace {

constexpr int exponent_max = 400;

struct lexical_parts {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  int exponent = 0;
};

std::string_view take_digits(std::string_view& text) {
  auto const count = std::min(text.find_first_not_of("0123456789"), text.size());
  auto const digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

std::optional<int> take_exponent(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  int value = 0;
  auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const whole = fault == std::errc{} && end == text.data() + text.size();
  return whole && std::abs(value) <= exponent_max ? std::optional{value} : std::nullopt;
}

std::optional<lexical_parts> split(std::string_view text) {
  lexical_parts parts;
  if (text.starts_with('-')) {
    parts.negative = true;
    text.remove_prefix(1);
  }
  parts.whole = take_digits(text);
  if (parts.whole.empty() || (parts.whole.size() > 1 && parts.whole[0] == '0')) return std::nullopt;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    parts.fraction = take_digits(text);
    if (parts.fraction.empty()) return std::nullopt;
  }
  if (text.empty()) return parts;
  if (text[0] != 'e' && text[0] != 'E') return std::nullopt;
  auto const exponent = take_exponent(text.substr(1));
  if (!exponent) return std::nullopt;
  parts.exponent = *exponent;
  return parts;
}

std::strong_ordering compare_digits(std::string const& a, int a_exponent, std::string const& b,
                                    int b_exponent) {
  // Where the leading digit stands decides first.
  auto const a_top = static_cast<long>(a.size()) + a_exponent;
  auto const b_top = static_cast<long>(b.size()) + b_exponent;
  if (a_top != b_top) return a_top <=> b_top;
  return a.compare(b) <=> 0;
}

std::string add_digits(std::string_view longer, std::string_view shorter) {
  std::string sum(longer.size() + 1, '0');
  int carry = 0;
  for (std::size_t i = 0; i < longer.size() || carry != 0; ++i) {
    int value = carry;
    if (i < longer.size()) value += longer[longer.size() - 1 - i] - '0';
    if (i < shorter.size()) value += shorter[shorter.size() - 1 - i] - '0';
    sum[sum.size() - 1 - i] = static_cast<char>('0' + value % 10);
    carry = value / 10;
  }
  return sum;
}

std::string subtract_digits(std::string_view larger, std::string_view smaller) {
  std::string difference(larger);
  int borrow = 0;
  for (std::size_t i = 0; i < larger.size(); ++i) {
    int value = larger[larger.size() - 1 - i] - '0' - borrow;
    if (i < smaller.size()) value -= smaller[smaller.size() - 1 - i] - '0';
    borrow = value < 0 ? 1 : 0;
    difference[difference.size() - 1 - i] = static_cast<char>('0' + value + 10 * borrow);
  }
  return difference;
}

}  // namespace

std::optional<decimal> decimal::read(std::string_view text) {
  auto const parts = split(text);
  if (!parts) return std::nullopt;
  decimal number;
  number.negative_ = parts->negative;
  number.digits_ = std::string{parts->whole} + std::string{parts->fraction};
  number.exponent_ = parts->exponent - static_cast<int>(parts->fraction.size());
  number.trim();
  return number;
}

decimal decimal::of_digits(bool negative, std::string digits, int exponent) {
  decimal number;
  number.negative_ = negative;
  number.digits_ = std::move(digits);
  number.exponent_ = exponent;
  number.trim();
  return number;
}

void decimal::trim() {
  auto const last = digits_.find_last_not_of('0');
  if (last == std::string::npos) {
    *this = decimal{};
    return;
  }
  exponent_ += static_cast<int>(digits_.size() - last) - 1;
  digits_.erase(last + 1);
  digits_.erase(0, digits_.find_first_not_of('0'));
}

decimal decimal::operator-() const {
  decimal result = *this;
  result.negative_ = !negative_ && !is_zero();
  return result;
}

decimal operator+(decimal const& a, decimal const& b) {
  if (a.is_zero()) return b;
  if (b.is_zero()) return a;
  decimal sum;
  sum.exponent_ = std::min(a.exponent_, b.exponent_);
  auto x = a.digits_ + std::string(static_cast<std::size_t>(a.exponent_ - sum.exponent_), '0');
  auto y = b.digits_ + std::string(static_cast<std::size_t>(b.exponent_ - sum.exponent_), '0');
  sum.negative_ = a.negative_;
  if (compare_digits(x, 0, y, 0) < 0) {
    std::swap(x, y);
    sum.negative_ = b.negative_;
  }
  sum.digits_ = a.negative_ == b.negative_ ? add_digits(x, y) : subtract_digits(x, y);
  sum.trim();
  return sum;
}

decimal operator*(decimal const& a, decimal const& b) {
  decimal product;
  std::string digits(a.digits_.size() + b.digits_.size(), '\0');
  for (std::size_t i = a.digits_.size(); i-- > 0;) {
    int carry = 0;
    for (std::size_t j = b.digits_.size(); j-- > 0;) {
      int const value = digits[i + j + 1] + (a.digits_[i] - '0') * (b.digits_[j] - '0') + carry;
      digits[i + j + 1] = static_cast<char>(value % 10);
      carry = value / 10;
    }
    digits[i] = static_cast<char>(carry);
  }
  for (char& digit : digits) digit = static_cast<char>(digit + '0');
  product.digits_ = std::move(digits);
  product.negative_ = a.negative_ != b.negative_;
  product.exponent_ = a.exponent_ + b.exponent_;
  product.trim();
  return product;
}

std::strong_ordering operator<=>(decimal const& a, decimal const& b) {
  auto const sign = [](decimal const& d) { return d.is_zero() ? 0 : d.negative_ ? -1 : 1; };
  if (sign(a) != sign(b)) return sign(a) <=> sign(b);
  auto const size = compare_digits(a.digits_, a.exponent_, b.digits_, b.exponent_);
  return a.negative_ ? 0 <=> size : size;
}

std::string decimal::to_text() const {
  if (is_zero()) return "0";
  std::string text = digits_;
  if (exponent_ >= 0) {
    text.append(static_cast<std::size_t>(exponent_), '0');
  } else {
    auto const places = static_cast<std::size_t>(-exponent_);
    if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
    text.insert(text.size() - places, 1, '.');
  }
  return negative_ ? "-" + text : text;
}

bool is_decimal(std::string_view text) {
  return split(text).has_value();
}

std::uint32_t decimal_places(std::string_view decimal_text) {
  auto const parts = split(decimal_text);
  if (!parts) return 0;
  auto const places = static_cast<int>(parts->fraction.size()) - parts->exponent;
  return static_cast<std::uint32_t>(std::max(places, 0));
}

std::optional<std::int32_t> read_integer(std::string_view text) {
  auto const digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (digits.empty() || (digits.size() > 1 && digits[0] == '0')) return std::nullopt;
  std::int32_t value = 0;
  auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const whole = fault == std::errc{} && end == text.data() + text.size();
  return whole ? std::optional{value} : std::nullopt;
}

}  // namespace intake::forms
