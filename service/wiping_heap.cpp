// Linked into the program, not into the libraries: what C++ gives back to the heap is overwritten
// first. A string that held an answer then leaves nothing behind, whoever made it and wherever it
// was moved; tests/faults/plaintext_canary looks for what does. Sanitizers bring a heap of their
// own.
#include <cstddef>
#include <new>

#include <mimalloc.h>
#include <string.h>

namespace {

// What is kept at hand counts twice at the next peak: 64 MiB after a start that reads forms, rules
// and faces in place of 50, 75 in a child that draws in place of 56. At once would cost drawing a
// seventh of its speed.
bool const returns_freed_memory = [] {
  mi_option_set(mi_option_decommit_delay, 5);
  return true;
}();

void give_back(void* place) noexcept {
  if (place == nullptr) return;
  ::explicit_bzero(place, ::mi_usable_size(place));
  ::mi_free(place);
}

}  // namespace

void operator delete(void* place) noexcept {
  give_back(place);
}
void operator delete[](void* place) noexcept {
  give_back(place);
}
void operator delete(void* place, std::size_t) noexcept {
  give_back(place);
}
void operator delete[](void* place, std::size_t) noexcept {
  give_back(place);
}
void operator delete(void* place, std::align_val_t) noexcept {
  give_back(place);
}
void operator delete[](void* place, std::align_val_t) noexcept {
  give_back(place);
}
void operator delete(void* place, std::size_t, std::align_val_t) noexcept {
  give_back(place);
}
void operator delete[](void* place, std::size_t, std::align_val_t) noexcept {
  give_back(place);
}
