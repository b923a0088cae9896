#include "forms/insurance/table.hpp"

#include <array>
#include <cassert>

namespace intake::forms::insurance {
namespace {

using enum need;

constexpr std::array<column_spec, 6> meta_columns{
    {{"key", required}, {"value"}, {"en"}, {"es"}, {"ht"}, {"note"}}};

constexpr std::array<column_spec, 13> payer_columns{{{"payer", required},
                                                     {"name", required},
                                                     {"aliases"},
                                                     {"kind", required},
                                                     {"payer_id"},
                                                     {"payer_id_use"},
                                                     {"id_from"},
                                                     {"id_to"},
                                                     {"id_format"},
                                                     {"source_of_payment", optional, "sopt"},
                                                     {"claim_filing"},
                                                     {"source"},
                                                     {"note"}}};

constexpr std::array<column_spec, 11> contract_columns{{{"contract", required},
                                                        {"payer", required},
                                                        {"plan_name", required},
                                                        {"aliases"},
                                                        {"product"},
                                                        {"network", required},
                                                        {"locations", optional, "location"},
                                                        {"providers", optional, "provider"},
                                                        {"valid_from"},
                                                        {"valid_to"},
                                                        {"note"}}};

constexpr std::array<column_spec, 10> id_format_columns{{{"id_format", required, "format"},
                                                         {"pattern", required},
                                                         {"check"},
                                                         {"good_examples"},
                                                         {"bad_examples"},
                                                         {"message_en"},
                                                         {"message_es"},
                                                         {"message_ht"},
                                                         {"source"},
                                                         {"note"}}};

constexpr std::array<column_spec, 23> accept_columns{{{"rule", required},
                                                      {"band", required},
                                                      {"valid_from"},
                                                      {"valid_to"},
                                                      {"payer", required},
                                                      {"product"},
                                                      {"network"},
                                                      {"accident"},
                                                      {"age"},
                                                      {"referral", optional, "referral_given"},
                                                      {"days_since_accident"},
                                                      {"days_since_first_treatment"},
                                                      {"first_care_day"},
                                                      {"location"},
                                                      {"state"},
                                                      {"outcome", required},
                                                      {"requires"},
                                                      {"patient_en", required, "explain_en"},
                                                      {"patient_es", optional, "explain_es"},
                                                      {"patient_ht", optional, "explain_ht"},
                                                      {"staff"},
                                                      {"source"},
                                                      {"note"}}};

constexpr std::array<column_spec, 8> require_columns{{{"require", required},
                                                      {"answer"},
                                                      {"type", required},
                                                      {"label_en", required},
                                                      {"label_es"},
                                                      {"label_ht"},
                                                      {"source"},
                                                      {"note"}}};

constexpr std::array<column_spec, 25> cob_columns{{{"rule", required},
                                                   {"order", required},
                                                   {"valid_from"},
                                                   {"valid_to"},
                                                   {"first", required, "primary"},
                                                   {"second", required, "secondary"},
                                                   {"second_product"},
                                                   {"first_relation"},
                                                   {"second_relation"},
                                                   {"plan_basis"},
                                                   {"employer_employees"},
                                                   {"medicare_reason"},
                                                   {"esrd_month"},
                                                   {"accident"},
                                                   {"age"},
                                                   {"va_authorized"},
                                                   {"black_lung"},
                                                   {"liability_claim"},
                                                   {"says", required},
                                                   {"patient_en"},
                                                   {"patient_es"},
                                                   {"patient_ht"},
                                                   {"staff"},
                                                   {"source"},
                                                   {"note"}}};

constexpr std::array<column_spec, 30> test_columns{{{"test", required},
                                                    {"visit"},
                                                    {"payer", required},
                                                    {"plan_name"},
                                                    {"product"},
                                                    {"referral", optional, "referral_given"},
                                                    {"provider"},
                                                    {"plan_basis"},
                                                    {"relation"},
                                                    {"employer_employees"},
                                                    {"accident_kind", optional, "accident"},
                                                    {"age"},
                                                    {"days_since_accident"},
                                                    {"days_since_first_treatment"},
                                                    {"first_care_day"},
                                                    {"location"},
                                                    {"state"},
                                                    {"medicare_reason"},
                                                    {"esrd_month"},
                                                    {"va_authorized"},
                                                    {"black_lung"},
                                                    {"liability_claim"},
                                                    {"date_of_service", optional, "date"},
                                                    {"expect_rule"},
                                                    {"expect_outcome", required},
                                                    {"expect_network", optional, "network"},
                                                    {"expect_first"},
                                                    {"expect_visit"},
                                                    {"source"},
                                                    {"note"}}};

constexpr std::array<table_spec, 8> specs{{{"meta", required, 100, meta_columns},
                                           {"payers", required, 5'000, payer_columns},
                                           {"contracts", optional, 20'000, contract_columns},
                                           {"id_formats", optional, 500, id_format_columns},
                                           {"accept", required, 5'000, accept_columns},
                                           {"require", optional, 1'000, require_columns},
                                           {"cob", optional, 1'000, cob_columns},
                                           {"tests", optional, 20'000, test_columns}}};

}  // namespace

std::span<table_spec const> table_specs() {
  return specs;
}

table_spec const& table_spec_named(std::string_view name) {
  for (auto const& spec : specs) {
    if (spec.name == name) return spec;
  }
  assert(false && "a table that does not exist");
  return specs.front();
}

}  // namespace intake::forms::insurance
