#include "forms/json_reader.hpp"
#include "forms/x12/reading_json.hpp"
#include "tests/forms/support.hpp"
#include "tests/forms/x12/sample_files.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

// The document of `intake x12 read`, held to tests/data/schemas/x12-read.json.
namespace intake::forms::x12 {
namespace {

std::string_view type_of(json_value const& value) {
  switch (value.kind()) {
    case json_kind::null:
      return "null";
    case json_kind::boolean:
      return "boolean";
    case json_kind::number:
      return value.text().find_first_of(".eE") == std::string_view::npos ? "integer" : "number";
    case json_kind::string:
      return "string";
    case json_kind::array:
      return "array";
    default:
      return "object";
  }
}

/// As much of JSON Schema as the schemas here use.
class schema_checker {
 public:
  explicit schema_checker(json_value const& schema) : schema_{schema} {}

  std::vector<std::string> check(json_value const& value) {
    check(value, schema_, "$");
    return std::move(faults_);
  }
  /// The properties of the schema that no document had so far.
  std::set<std::string> const& seen() const { return seen_; }

 private:
  json_value const& resolved(json_value const& schema) const {
    constexpr std::string_view prefix = "#/$defs/";
    auto const ref = schema.text_of("$ref");
    if (!ref.starts_with(prefix)) return schema;
    return *schema_.find("$defs")->find(ref.substr(prefix.size()));
  }

  static bool is_allowed(json_value const& types, std::string_view type) {
    if (types.is(json_kind::string)) return types.text() == type;
    return std::ranges::any_of(types.children(),
                               [type](auto const& one) { return one.text() == type; });
  }

  void check(json_value const& value, json_value const& raw, std::string const& path) {
    auto const& schema = resolved(raw);
    auto const* const types = schema.find("type");
    if (types != nullptr && !is_allowed(*types, type_of(value))) {
      faults_.push_back(fmt::format("{} is of type {}", path, type_of(value)));
      return;
    }
    if (auto const* const list = schema.find("enum")) {
      bool const is_listed = std::ranges::any_of(
          list->children(), [&](auto const& one) { return one.text() == value.text(); });
      if (!is_listed) faults_.push_back(fmt::format("{} is not in the list", path));
    }
    if (value.is(json_kind::object)) check_members(value, schema, path);
    if (auto const* const items = schema.find("items"); items && value.is(json_kind::array)) {
      for (auto const& one : value) check(one, *items, path + "[]");
    }
  }

  void check_members(json_value const& value, json_value const& schema, std::string const& path) {
    auto const* const properties = schema.find("properties");
    for (auto const& member : value) {
      auto const* const rule = properties->find(member.key());
      if (rule == nullptr) {
        faults_.push_back(fmt::format("{}.{} is not in the schema", path, member.key()));
        continue;
      }
      seen_.insert(fmt::format("{}", member.key()));
      check(member, *rule, fmt::format("{}.{}", path, member.key()));
    }
    for (auto const& name : *schema.find("required")) {
      if (value.find(name.text()) == nullptr) {
        faults_.push_back(fmt::format("{}.{} is missing", path, name.text()));
      }
    }
  }

  json_value const& schema_;
  std::vector<std::string> faults_;
  std::set<std::string> seen_;
};

json_document schema_document() {
  auto read = read_json(support::contents(INTAKE_TEST_DATA "/schemas/x12-read.json"));
  if (!read) throw std::runtime_error("the schema does not read");
  return std::move(*read);
}

std::string document_of(std::string_view text) {
  return to_json(read_tolerant(text), {"0", "sample", 20261128});
}

std::vector<std::string> faults_of(schema_checker& checker, std::string const& json) {
  auto const document = read_json(json, {.bytes_max = std::size_t{64} << 20});
  return document ? checker.check(document->root()) : std::vector<std::string>{"not JSON"};
}

TEST(X12Json, HoldsToItsSchema) {
  auto const schema = schema_document();
  schema_checker checker{schema.root()};
  std::vector<std::string> texts{samples::full_271(), samples::full_270(), samples::sample_999(),
                                 samples::sample_ta1(), ""};
  texts.push_back(samples::full_271().substr(0, 900));
  for (auto& one : samples::corpus()) texts.push_back(std::move(one.text));
  for (auto const& text : texts) {
    EXPECT_EQ(faults_of(checker, document_of(text)), std::vector<std::string>{})
        << text.substr(0, 120);
  }
}

void collect_names(json_value const& schema, std::set<std::string>& out) {
  if (auto const* const properties = schema.find("properties", json_kind::object)) {
    for (auto const& one : *properties) out.insert(std::string{one.key()});
  }
  for (auto const& one : schema) collect_names(one, out);
}

TEST(X12Json, SaysEverythingThatTheSchemaNames) {
  auto const schema = schema_document();
  schema_checker checker{schema.root()};
  for (auto const& text : {samples::full_271(), samples::full_270(), samples::sample_999(),
                           samples::sample_ta1(), std::string{}}) {
    faults_of(checker, document_of(text));
  }
  std::set<std::string> named;
  collect_names(schema.root(), named);
  std::vector<std::string> unsaid;
  std::ranges::set_difference(named, checker.seen(), std::back_inserter(unsaid));
  EXPECT_EQ(unsaid, std::vector<std::string>{});
}

TEST(X12Json, ASchemaThatDoesNotFitIsNoticed) {
  auto const schema = schema_document();
  auto const good = document_of(samples::full_271());
  auto changed = [&good](std::string_view from, std::string_view to) {
    auto text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  struct misfit {
    std::string json;
    std::string_view fault;
  };
  misfit const cases[] = {
      {changed("\"left_out\"", "\"left_over\""), "$.left_over is not in the schema"},
      {changed("\"verdict\":\"clean\"", "\"verdict\":\"fine\""), "$.verdict is not in the list"},
      {changed("\"is_complete\":true", "\"is_complete\":1"),
       "$.interchanges[].groups[].sets[].is_complete is of type integer"},
  };
  for (auto const& one : cases) {
    schema_checker checker{schema.root()};
    auto const faults = faults_of(checker, one.json);
    ASSERT_FALSE(faults.empty()) << one.fault;
    EXPECT_EQ(faults.front(), one.fault);
  }
}

TEST(X12Json, EverySegmentOfASetStandsInALoop) {
  auto const text = samples::full_271();
  auto const json = document_of(text);
  auto const document = read_json(json);
  ASSERT_TRUE(document.has_value());
  std::set<std::string> numbers;
  std::function<void(json_value const&)> walk = [&](json_value const& value) {
    if (value.key() == "segments" && value.is(json_kind::array)) {
      for (auto const& one : value) numbers.insert(std::string{one.find("segment")->text()});
    }
    for (auto const& one : value) walk(one);
  };
  walk(document->root());
  // All but ISA, GS, GE and IEA.
  EXPECT_EQ(numbers.size(), read_tolerant(text).file.segments.size() - 4);
}

TEST(X12Json, UnknownIsNullAndNeverZero) {
  auto const json = document_of(samples::answer_with("EB*B*IND*98***27~EB*B*IND*98***27*0~"));
  EXPECT_NE(json.find(R"("amount_cents":null,"amount":null)"), json.npos);
  EXPECT_NE(json.find(R"("amount_cents":0,"amount":"0")"), json.npos);
  EXPECT_NE(json.find(R"("total":{"segment":13,"cents":null)"), json.npos);
  EXPECT_NE(json.find(R"("network":"not-stated")"), json.npos);
}

TEST(X12Json, BytesThatAreNoTextDoNotSpoilIt) {
  auto text = samples::answer_with("EB*1**30~MSG*X\xFF\xC3Y\x01Z~");
  EXPECT_TRUE(read_json(document_of(text)).has_value());
}

}  // namespace
}  // namespace intake::forms::x12
