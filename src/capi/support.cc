#include "capi/support.h"

#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <vector>

#include "crosslog/version.h"

namespace crosslog::capi {
namespace {

// What the views of a crosslog_error point into.
struct ErrorMemory {
  Error error;
  std::string description;
  std::vector<crosslog_string> hints;
  std::vector<crosslog_detail> details;
};

crosslog_code code_of(Errc code) noexcept {
  switch (code) {
    case Errc::invalid_argument:
      return CROSSLOG_INVALID_ARGUMENT;
    case Errc::configuration:
      return CROSSLOG_CONFIGURATION;
    case Errc::not_configured:
      return CROSSLOG_NOT_CONFIGURED;
    case Errc::no_credentials:
      return CROSSLOG_NO_CREDENTIALS;
    case Errc::no_region:
      return CROSSLOG_NO_REGION;
    case Errc::credentials:
      return CROSSLOG_CREDENTIALS;
    case Errc::access_denied:
      return CROSSLOG_ACCESS_DENIED;
    case Errc::not_found:
      return CROSSLOG_NOT_FOUND;
    case Errc::throttled:
      return CROSSLOG_THROTTLED;
    case Errc::expired_token:
      return CROSSLOG_EXPIRED_TOKEN;
    case Errc::service:
      return CROSSLOG_SERVICE;
    case Errc::network:
      return CROSSLOG_NETWORK;
    case Errc::timeout:
      return CROSSLOG_TIMEOUT;
    case Errc::protocol:
      return CROSSLOG_PROTOCOL;
    case Errc::cancelled:
      return CROSSLOG_CANCELLED;
    case Errc::unsupported:
      return CROSSLOG_UNSUPPORTED;
  }
  return CROSSLOG_INTERNAL;
}

// nullopt: a code that the library's own errors do not have.
std::optional<Errc> errc_of(int code) noexcept {
  for (int number = 0; number <= static_cast<int>(Errc::unsupported); ++number) {
    if (code_of(static_cast<Errc>(number)) == code) return static_cast<Errc>(number);
  }
  return std::nullopt;
}

void fill(crosslog_error& out, Error error) {
  auto memory = std::make_unique<ErrorMemory>();
  memory->error = std::move(error);
  const Error& kept = memory->error;
  memory->description = describe(kept);
  memory->hints.reserve(kept.hints.size());
  for (const std::string& hint : kept.hints)
    memory->hints.push_back(to_c(hint));
  memory->details.reserve(kept.details.size());
  for (const Error::Detail& detail : kept.details) {
    memory->details.push_back({to_c(detail.name), to_c(detail.value)});
  }
  out = {
      .code = code_of(kept.code),
      .http_status = kept.http_status,
      .attempts = kept.attempts,
      .message = to_c(kept.message),
      .description = to_c(memory->description),
      .aws_code = to_c_if_any(kept.aws_code),
      .request_id = to_c_if_any(kept.request_id),
      .operation = to_c_if_any(kept.operation),
      .hints = memory->hints.data(),
      .hint_count = memory->hints.size(),
      .details = memory->details.data(),
      .detail_count = memory->details.size(),
      .memory = nullptr,
  };
  out.memory = memory.release();
}

// Without a byte of new memory.
crosslog_code fill_plainly(crosslog_error* error, crosslog_code code, std::string_view message) noexcept {
  if (error != nullptr) {
    *error = {};
    error->code = code;
    error->message = error->description = to_c(message);
  }
  return code;
}

constexpr std::string_view kNoMemory = "there is not enough memory";

crosslog_code report_error(crosslog_error* out, Error error) noexcept {
  const crosslog_code code = code_of(error.code);
  if (out == nullptr) return code;
  try {
    fill(*out, std::move(error));
    return code;
  } catch (...) {
    return fill_plainly(out, CROSSLOG_NO_MEMORY, kNoMemory);
  }
}

}  // namespace

void refuse(Errc code, std::string message) {
  throw Refusal{{.code = code, .message = std::move(message)}};
}

crosslog_code report_exception(crosslog_error* error) noexcept {
  try {
    throw;
  } catch (Refusal& refusal) {
    return report_error(error, std::move(refusal.error));
  } catch (const std::bad_alloc&) {
    return fill_plainly(error, CROSSLOG_NO_MEMORY, kNoMemory);
  } catch (...) {
    return fill_plainly(error, CROSSLOG_INTERNAL, "a bug of crosslog: an exception that nobody expects");
  }
}

Error take_error(const crosslog_error& error, crosslog_code code, std::string_view who) {
  if (code == CROSSLOG_NO_MEMORY) throw std::bad_alloc();
  const auto known = errc_of(code);
  Error taken;
  if (error.memory != nullptr) {
    taken = static_cast<const ErrorMemory*>(error.memory)->error;
  } else {
    taken.message = std::string(who) + " failed and did not say why";
  }
  taken.code = known.value_or(Errc::unsupported);
  if (!known) taken.hints.push_back(std::string(who) + " returned " + std::to_string(int{code}));
  return taken;
}

std::string_view to_view(crosslog_string text) {
  if (text.data == nullptr && text.size != 0)
    refuse(Errc::invalid_argument, "a text is NULL, its size is not 0");
  return {text.data, text.size};
}

crosslog_string to_c(std::string_view text) noexcept {
  return {text.data() == nullptr ? "" : text.data(), text.size()};
}

crosslog_string to_c_if_any(std::string_view text) noexcept {
  return text.empty() ? crosslog_string{} : to_c(text);
}

}  // namespace crosslog::capi

using namespace crosslog;
using namespace crosslog::capi;

const char* crosslog_version(void) {
  return version().data();
}

const char* crosslog_code_name(crosslog_code code) {
  switch (code) {
    case CROSSLOG_OK:
      return "ok";
    case CROSSLOG_NO_MEMORY:
      return "no_memory";
    case CROSSLOG_INTERNAL:
      return "internal";
    default:
      break;
  }
  const auto known = errc_of(code);
  return known ? name(*known) : "unknown";
}

void crosslog_error_clear(crosslog_error* error) {
  if (error == nullptr) return;
  delete static_cast<ErrorMemory*>(error->memory);
  *error = {};
}

void crosslog_error_set(crosslog_error* error, crosslog_code code, crosslog_string message) {
  if (error == nullptr) return;
  const crosslog_code made = guarded(error, [&] {
    fill(*error, {.code = errc_of(code).value_or(Errc::unsupported), .message = to_text(message)});
  });
  if (made == CROSSLOG_OK) error->code = code;
}

crosslog_code crosslog_stop_new(crosslog_stop** out, crosslog_error* error) {
  return guarded(error, [&] {
    auto& made = need_out(out);
    std::stop_source source;
    auto token = source.get_token();
    made = new crosslog_stop{std::move(source), std::move(token)};
  });
}

void crosslog_stop_request(crosslog_stop* stop) {
  if (stop != nullptr) stop->source.request_stop();
}

int crosslog_stop_requested(const crosslog_stop* stop) {
  return stop != nullptr && stop->token.stop_requested() ? 1 : 0;
}

void crosslog_stop_free(crosslog_stop* stop) {
  delete stop;
}
