/// The reader of forms with files takes any bytes; what it reads is written and read again as it
/// was, and so is a form made of any bytes.
#include "service/http/fields.hpp"
#include "service/http/multipart.hpp"
#include "tests/support/multipart_writer.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace intake::service;
using parts = std::vector<multipart_part>;

void must(bool held) {
  if (!held) std::abort();
}

bool same(multipart_part const& a, multipart_part const& b) {
  return a.name == b.name && a.file_name == b.file_name && a.content == b.content &&
         (!a.file_name || a.content_type == b.content_type);
}

/// A browser leaves '%' as it is, so a name that holds one is not always what it was.
bool comes_back(multipart_part const& part) {
  auto const plain = [](std::string_view text) { return text.find('%') == std::string_view::npos; };
  return plain(part.name) && plain(part.file_name.value_or(""));
}

void write_and_read(parts const& sent) {
  if (!std::ranges::all_of(sent, comes_back)) return;
  auto const body = intake::tests::write_multipart(sent, "B");
  auto const read = read_multipart(body, "B");
  must(read && std::ranges::equal(*read, sent, same));
}

void check_body(std::string_view body) {
  auto const read = read_multipart(body, "B");
  if (!read) return;
  for (auto const& part : *read) {
    must(!part.name.empty() && is_utf8(part.name) && !part.content_type.empty());
    must(part.content.data() >= body.data());
    must(part.content.data() + part.content.size() <= body.data() + body.size());
    must(!part.file_name || part.file_name->find_first_of("/\\") == std::string::npos);
  }
  write_and_read(*read);
}

/// Files of which the bytes are cut at the bytes 0xFE.
void check_contents(std::string_view bytes) {
  parts sent;
  while (!bytes.empty() && sent.size() < multipart_parts_max) {
    auto const content = bytes.substr(0, bytes.find('\xFE'));
    bytes.remove_prefix(std::min(bytes.size(), content.size() + 1));
    if (("\r\n" + std::string(content)).find("\r\n--B") != std::string::npos) return;
    sent.push_back({"file", "card.jpg", "image/jpeg", content});
  }
  write_and_read(sent);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  check_body(text);
  check_contents(text);
  return 0;
}
