#include "service/accounts/password_rule.hpp"

#include <gtest/gtest.h>

namespace intake::service::accounts {
namespace {

struct rule_case {
  char const* name;
  char const* password;
  beside factor;
  password_fault fault;
};

constexpr rule_case cases[] = {
    {"seven", "x7 kQ4w", beside::second_factor, password_fault::too_short},
    {"eight_beside_a_factor", "x7 kQ4wz", beside::second_factor, password_fault::none},
    {"eight_alone", "x7 kQ4wz", beside::nothing, password_fault::too_short_alone},
    {"fourteen_alone", "brittle walrus", beside::nothing, password_fault::too_short_alone},
    {"fifteen_alone", "brittle walruss", beside::nothing, password_fault::none},
    {"characters_not_bytes", "ñandú ñandú ña", beside::nothing, password_fault::too_short_alone},
    {"a_sentence", "the walrus eats at nine o'clock", beside::nothing, password_fault::none},
    {"any_sign", "  {}<>\"' тюлень 🦭 ", beside::nothing, password_fault::none},
    {"the_word", "passwordpassword", beside::nothing, password_fault::common},
    {"dressed_up", "P@ssw0rd12345678!", beside::nothing, password_fault::common},
    {"words_in_a_row", "Welcome-To-Intake-2026", beside::nothing, password_fault::common},
    {"one_key", "aaaaaaaaaaaaaaaaaa", beside::nothing, password_fault::common},
    {"a_row_of_keys", "qwertyuiopasdfgh", beside::nothing, password_fault::common},
    {"the_alphabet", "abcdefghijklmnopq", beside::nothing, password_fault::common},
    {"digits", "831920475610293847", beside::nothing, password_fault::common},
    {"two_again_and_again", "x7x7x7x7x7x7x7x7", beside::nothing, password_fault::common},
    {"season", "Summer2026!", beside::second_factor, password_fault::common},
    {"in_spanish", "contraseña2026", beside::second_factor, password_fault::common},
    {"the_name", "Nora.Lopez1234", beside::second_factor, password_fault::personal},
    {"more_than_the_name", "nora.lopez eats walnuts", beside::nothing, password_fault::none},
};

class password_rule : public testing::TestWithParam<rule_case> {};

TEST_P(password_rule, says_what_a_password_lacks) {
  auto const& one = GetParam();
  EXPECT_EQ(fault_of(one.password, "nora.lopez", one.factor), one.fault);
  EXPECT_EQ(sentence(one.fault).empty(), one.fault == password_fault::none);
}

INSTANTIATE_TEST_SUITE_P(cases, password_rule, testing::ValuesIn(cases),
                         [](auto const& shown) { return shown.param.name; });

TEST(PasswordRule, IsAsLongAsItMayBe) {
  std::string text;
  while (text.size() < 1024) text += "v9 xKq w";
  EXPECT_EQ(fault_of(text, "desk", beside::nothing), password_fault::none);
  EXPECT_EQ(fault_of(text + "x", "desk", beside::nothing), password_fault::too_long);
}

}  // namespace
}  // namespace intake::service::accounts
