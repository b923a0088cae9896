#include "service/clinic_look.hpp"

#include "tests/certs/temporary_folder.hpp"

#include <fstream>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service {
namespace {

using testing::HasSubstr;

std::string refusal_of(config const& settings) {
  try {
    read_clinic_look(settings);
  } catch (std::runtime_error const& error) {
    return error.what();
  }
  return {};
}

TEST(ClinicLook, ADarkColourBecomesRulesAndAnyOtherASentence) {
  struct row {
    char const* colour;
    char const* refused;
  };
  row const rows[] = {{"#0b5a5e", ""},         {"#7A0000", ""},
                      {"#ffdd00", "contrast"}, {"#888888", "contrast"},
                      {"teal", "#rrggbb"},     {"#0b5a5", "#rrggbb"},
                      {"#0b5a5g", "#rrggbb"},  {"#0b5a5e}body{", "#rrggbb"}};
  for (auto const& each : rows) {
    SCOPED_TRACE(each.colour);
    config settings;
    settings.clinic_colour = each.colour;
    EXPECT_THAT(refusal_of(settings), HasSubstr(each.refused));
    if (*each.refused != '\0') continue;
    EXPECT_THAT(read_clinic_look(settings).css,
                HasSubstr(std::string("--govuk-brand-colour:") + each.colour));
  }
}

TEST(ClinicLook, ALogoIsASmallSvgOrPng) {
  certs::temporary_folder const folder;
  auto const look_with = [&](std::string const& bytes) {
    auto const path = (folder / "logo").string();
    std::ofstream(path, std::ios::binary) << bytes;
    config settings;
    settings.clinic_logo_file = path;
    auto const refused = refusal_of(settings);
    return refused.empty() ? read_clinic_look(settings).logo->name : refused;
  };
  EXPECT_EQ(look_with("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            "logo.svg");
  EXPECT_EQ(look_with("\x89PNG\r\n\x1a\n..."), "logo.png");
  EXPECT_THAT(look_with("GIF89a"), HasSubstr("neither SVG nor PNG"));
  EXPECT_THAT(look_with("<svg>" + std::string(20'000, 'x')), HasSubstr("larger than 16 KiB"));
}

TEST(ClinicLook, WithoutSettingsNothingChanges) {
  auto const look = read_clinic_look({});
  EXPECT_EQ(look.css, "");
  EXPECT_FALSE(look.logo);
}

}  // namespace
}  // namespace intake::service
