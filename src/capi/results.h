// What the library gives: the C struct that the caller reads, and behind it the value
// that its texts point into. Freeing the struct frees both.
#ifndef CROSSLOG_SRC_CAPI_RESULTS_H_
#define CROSSLOG_SRC_CAPI_RESULTS_H_

#include <string>
#include <vector>

#include "capi/callbacks.h"
#include "crosslog/crosslog.h"
#include "crosslog/events.h"
#include "crosslog/http.h"
#include "crosslog/sts.h"

namespace crosslog::capi {

// For a text that may hold a credential, before its memory is given back.
void wipe(std::string& text) noexcept;
[[nodiscard]] std::vector<crosslog_header> show_headers(const std::vector<Header>& headers);

struct PageResult : crosslog_page {
  explicit PageResult(EventPage decoded);
  EventPage decoded;
  std::vector<crosslog_event> shown;
};

struct IdentityResult : crosslog_identity {
  explicit IdentityResult(CallerIdentity found);
  CallerIdentity found;
};

struct AssumedRoleResult : crosslog_assumed_role {
  explicit AssumedRoleResult(AssumedRole assumed);
  std::string id, arn;
  ShownCredentials shown;
};

struct JsonResult : crosslog_json {
  explicit JsonResult(std::string written);
  JsonResult(const JsonResult&) = delete;
  JsonResult& operator=(const JsonResult&) = delete;
  ~JsonResult() { wipe(written); }
  std::string written;
};

}  // namespace crosslog::capi

#endif  // CROSSLOG_SRC_CAPI_RESULTS_H_
