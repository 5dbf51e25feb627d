// What every function of the C API stands on: the one place where exceptions end,
// and the ways between C's structs and C++'s values.
//
// Inside this layer a fault is thrown as a Refusal, so that each function reads
// straight on; guarded() turns it, and whatever else is thrown, into a crosslog_error.
// No Refusal ever passes through the library: see callbacks.h.
#ifndef CROSSLOG_SRC_CAPI_SUPPORT_H_
#define CROSSLOG_SRC_CAPI_SUPPORT_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "crosslog/crosslog.h"
#include "crosslog/error.h"

// Of its own, or of somebody else's request to stop while a callback runs.
struct crosslog_stop {
  std::stop_source source{std::nostopstate};
  std::stop_token token;
};

namespace crosslog::capi {

struct Refusal {
  Error error;
};

[[noreturn]] void refuse(Errc code, std::string message);

template <class T>
T value(Result<T> result) {
  if (!result) throw Refusal{std::move(result).error()};
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// The exception that is being handled, as a code, and in `error` unless that is NULL.
crosslog_code report_exception(crosslog_error* error) noexcept;

template <class Body>
crosslog_code guarded(crosslog_error* error, Body body) noexcept {
  crosslog_error_clear(error);
  try {
    body();
    return CROSSLOG_OK;
  } catch (...) {
    return report_exception(error);
  }
}

// What a callback left behind, with a code that is not CROSSLOG_OK.
[[nodiscard]] Error take_error(const crosslog_error& error, crosslog_code code, std::string_view who);

template <class T>
T& need(T* pointer, const char* name) {
  if (pointer == nullptr) refuse(Errc::invalid_argument, std::string(name) + " is NULL");
  return *pointer;
}

template <class T>
void forget(T** out) noexcept {
  if (out != nullptr) *out = nullptr;
}

// Where the result goes: nothing yet. A function that is given callbacks owns them first.
template <class T>
T*& need_out(T** out) {
  need(out, "out") = nullptr;
  return *out;
}

// A struct that begins with its size, as far as both sides know it. Members that this
// library does not know must be zero: they ask for something.
template <class T>
T read_struct(const T* given, const char* name) {
  const std::size_t size = need(given, name).size;
  if (size < sizeof(std::size_t)) {
    refuse(Errc::invalid_argument, std::string(name) + ": size is not set to the size of the struct");
  }
  const auto* bytes = reinterpret_cast<const unsigned char*>(given);
  if (size > sizeof(T) &&
      std::any_of(bytes + sizeof(T), bytes + size, [](unsigned char byte) { return byte != 0; })) {
    refuse(Errc::unsupported, std::string(name) + " asks for what only a newer libcrosslog can do");
  }
  T known{};
  std::memcpy(&known, given, std::min(size, sizeof(T)));
  return known;
}

[[nodiscard]] std::string_view to_view(crosslog_string text);
[[nodiscard]] inline std::string to_text(crosslog_string text) {
  return std::string(to_view(text));
}
// `text` lives on. Never NULL.
[[nodiscard]] crosslog_string to_c(std::string_view text) noexcept;
// NULL for an empty one: there is none.
[[nodiscard]] crosslog_string to_c_if_any(std::string_view text) noexcept;

[[nodiscard]] inline std::stop_token token_of(const crosslog_stop* stop) {
  return stop == nullptr ? std::stop_token{} : stop->token;
}

}  // namespace crosslog::capi

#endif  // CROSSLOG_SRC_CAPI_SUPPORT_H_
