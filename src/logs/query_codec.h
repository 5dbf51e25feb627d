// awsQuery: a form as the request, XML as the answer, both by a shape.
// Smithy, "AWS query protocol"; what is renamed or flattened there by traits has
// no place in a Shape, as STS does not need it.
#ifndef CROSSLOG_SRC_LOGS_QUERY_CODEC_H_
#define CROSSLOG_SRC_LOGS_QUERY_CODEC_H_

#include <string>
#include <string_view>

#include "crosslog/operations.h"

namespace crosslog::logs {

// "Action=A&Version=V&Name=value&List.member.1=...", members in model order, null
// ones left out; an empty list is "List=", an empty map nothing.
[[nodiscard]] std::string encode_query(std::string_view action, std::string_view version, const Shape& input,
                                       const Document& value);

// The members of <ActionResult>, in model order; absent ones left out, unknown
// ones skipped, texts as they stand. Errc::protocol with the byte offset: no XML,
// no result, a member twice, an element inside a scalar, a number that is none.
[[nodiscard]] Result<Document> decode_query(std::string_view action, const Shape& output,
                                            std::string_view body,
                                            TimestampFormat timestamps = TimestampFormat::iso8601);

}  // namespace crosslog::logs

#endif  // CROSSLOG_SRC_LOGS_QUERY_CODEC_H_
