#include "pdf/render.hpp"
#include "service/worker/render_worker.hpp"

#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

/// The worker with planted faults: a document's title says which, or the family name of its
/// patient. What the sandbox lets through is answered as a defect, by its name.
namespace {

using intake::pdf::document;
using intake::pdf::rendered;

std::vector<std::string> escapes() {
  std::vector<std::string> out;
  if (::open("/etc/passwd", O_RDONLY) >= 0) out.push_back("file read");
  if (::open("/tmp/intake-escape", O_CREAT | O_WRONLY, 0600) >= 0) out.push_back("file written");
  if (::socket(AF_UNIX, SOCK_STREAM, 0) >= 0) out.push_back("socket");
  if (::kill(::getppid(), 0) == 0) out.push_back("signal");
  auto const child = ::fork();
  if (child == 0) ::_exit(0);
  if (child > 0) out.push_back("process");
  char const* const arguments[] = {"/bin/true", nullptr};
  if (::execv(arguments[0], const_cast<char* const*>(arguments)) == 0) out.push_back("program");
  return out;
}

void eat_memory() {
  for (std::vector<std::string> eaten;;) eaten.emplace_back(64 << 20, 'x');
}

std::string planted_in(document const& copy) {
  if (copy.sections.empty() || !copy.sections.front().patient.name.starts_with("Planted-")) {
    return copy.about.title;
  }
  auto const name = copy.sections.front().patient.name.substr(8);
  return name.substr(0, name.find(','));
}

rendered draw(document const& copy, intake::pdf::typefaces const& faces) {
  auto const fault = planted_in(copy);
  if (fault == "abort") std::abort();
  if (fault == "segment") ::raise(SIGSEGV);
  if (fault == "exit") ::_exit(0);
  if (fault == "throw") throw std::runtime_error("planted");
  if (fault == "memory") eat_memory();
  if (fault == "nonsense") {
    ::_exit(::write(STDOUT_FILENO, "\4\0\0\0what", 8) == 8 ? 0 : 1);
  }
  while (fault == "hang") ::getpid();
  auto out = intake::pdf::render(copy, faces);
  if (fault == "escape") out.defects = escapes();
  if (fault == "unfaithful") out.defects = {"medicine[1]/medicine.name"};
  return out;
}

/// A section's bookmark says which fault.
class faulty_drawing final : public intake::service::long_drawing {
 public:
  faulty_drawing(document head, intake::pdf::typefaces const& faces)
      : faces_(faces), sound_(std::move(head), faces) {}
  intake::pdf::drawn_section add(intake::pdf::section const& next) override {
    document fault;
    fault.about.title = next.bookmark;
    fault.sections.emplace_back().patient = next.patient;
    draw(fault, faces_);
    return sound_.add(next);
  }
  std::string finish() override { return sound_.finish(); }

 private:
  intake::pdf::typefaces const& faces_;
  intake::service::own_drawing sound_;
};

}  // namespace

int main(int count, char const* const* arguments) {
  intake::pdf::typefaces const faces;
  if (std::string_view(arguments[count - 1]) == "--long") {
    return intake::service::worker::serve_long_drawing([&faces](document head) {
      return std::make_unique<faulty_drawing>(std::move(head), faces);
    });
  }
  return intake::service::worker::serve_renders(
      [&faces](document const& copy) { return draw(copy, faces); });
}
