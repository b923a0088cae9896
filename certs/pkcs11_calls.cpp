#include "certs/pkcs11_calls.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include <dlfcn.h>

namespace intake::certs {
namespace {

struct known_code {
  CK_RV code;
  char const* sentence;
};

constexpr known_code known_codes[] = {
    {CKR_PIN_INCORRECT, "the PIN is wrong"},
    {CKR_PIN_LOCKED, "its PIN is locked after too many wrong ones"},
    {CKR_PIN_LEN_RANGE, "the PIN is wrong"},
    {CKR_USER_PIN_NOT_INITIALIZED, "no user PIN was ever set"},
    {CKR_TOKEN_NOT_PRESENT, "it is not there"},
    {CKR_DEVICE_REMOVED, "it was pulled out"},
    {CKR_DEVICE_ERROR, "it reports a fault of its own"},
    {CKR_DEVICE_MEMORY, "it is full"},
    {CKR_MECHANISM_INVALID, "it does not know AES key wrap"},
    {CKR_SESSION_COUNT, "it takes no more sessions"},
    {CKR_TOKEN_WRITE_PROTECTED, "it is write-protected"},
};

std::string reason_of(CK_RV code) {
  auto const* const known = std::ranges::find(known_codes, code, &known_code::code);
  if (known != std::end(known_codes)) return known->sentence;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "PKCS#11 error 0x%lx", code);
  return text.data();
}

/// PKCS#11 pads with blanks.
std::string label_of(CK_TOKEN_INFO const& info) {
  std::string text(reinterpret_cast<char const*>(info.label), sizeof info.label);
  text.resize(text.find_last_not_of(' ') + 1);
  return text;
}

std::vector<CK_SLOT_ID> slots_of(CK_FUNCTION_LIST& module) {
  CK_ULONG count = 0;
  must(module.C_GetSlotList(CK_TRUE, nullptr, &count), "list its slots");
  std::vector<CK_SLOT_ID> slots(count);
  must(module.C_GetSlotList(CK_TRUE, slots.data(), &count), "list its slots");
  slots.resize(count);
  return slots;
}

}  // namespace

token_failed::token_failed(std::string const& what, CK_RV code)
    : std::runtime_error("the token could not " + what + ": " + reason_of(code)), code_(code) {}

void must(CK_RV code, char const* what) {
  if (code != CKR_OK) throw token_failed(what, code);
}

CK_FUNCTION_LIST& load_module(std::string const& path) {
  auto* const library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    throw std::runtime_error("the PKCS#11 module " + path + " can't be loaded: " + ::dlerror());
  }
  auto const get_list =
      reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"));
  if (get_list == nullptr) throw std::runtime_error(path + " is no PKCS#11 module");
  CK_FUNCTION_LIST* functions = nullptr;
  must(get_list(&functions), "name its functions");
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_OS_LOCKING_OK;
  if (auto const code = functions->C_Initialize(&arguments);
      code != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
    must(code, "be initialised");
  }
  return *functions;
}

CK_SLOT_ID find_slot(CK_FUNCTION_LIST& module, std::string const& label) {
  for (auto const slot : slots_of(module)) {
    CK_TOKEN_INFO info{};
    if (module.C_GetTokenInfo(slot, &info) == CKR_OK && label_of(info) == label) return slot;
  }
  throw std::runtime_error("there is no token with the label \"" + label +
                           "\": is it plugged in, and [keys] token right?");
}

attribute_list& attribute_list::number(CK_ATTRIBUTE_TYPE type, CK_ULONG value) {
  auto& kept = numbers_.emplace_back(value);
  all_.push_back({type, &kept, sizeof kept});
  return *this;
}

attribute_list& attribute_list::flag(CK_ATTRIBUTE_TYPE type, bool value) {
  auto& kept = flags_.emplace_back(value ? CK_TRUE : CK_FALSE);
  all_.push_back({type, &kept, sizeof kept});
  return *this;
}

// The interface takes what it only reads by a pointer that could write.
attribute_list& attribute_list::data(CK_ATTRIBUTE_TYPE type, bytes_view value) {
  all_.push_back({type, const_cast<std::uint8_t*>(value.data()), value.size()});
  return *this;
}

}  // namespace intake::certs
