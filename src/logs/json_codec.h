// awsJson1.1: a JSON object as the request and as the answer, both by a shape.
// Smithy, "AWS JSON 1.1 protocol".
#ifndef CROSSLOG_SRC_LOGS_JSON_CODEC_H_
#define CROSSLOG_SRC_LOGS_JSON_CODEC_H_

#include <string>
#include <string_view>

#include "crosslog/operations.h"

namespace crosslog::logs {

// Members in model order, null ones left out, times as seconds since the epoch.
[[nodiscard]] std::string encode_json(const Shape& input, const Document& value);

// The members in model order; absent and null ones left out, unknown ones
// dropped; nothing at all is {}. Ill-formed text is repaired as in a page of
// events. Errc::protocol: no JSON object, or a member of another type; the hints
// name the place, never bytes of it.
[[nodiscard]] Result<Document> decode_json(const Shape& output, std::string_view body);

}  // namespace crosslog::logs

#endif  // CROSSLOG_SRC_LOGS_JSON_CODEC_H_
