// Operations by name: the service model's own names, types and order as one
// table, and a call that takes and gives Documents. This is what the command
// line is made of; programs that know what they want use sts.h and logs.h.
#ifndef CROSSLOG_OPERATIONS_H_
#define CROSSLOG_OPERATIONS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <variant>

#include "crosslog/client.h"
#include "crosslog/credentials.h"
#include "crosslog/document.h"
#include "crosslog/events.h"
#include "crosslog/transport.h"

namespace crosslog {

struct Shape;

struct ShapeMember {
  std::string_view name;  // "logGroupName"
  const Shape* shape;
  bool required = false;
};

struct Shape {
  // `timestamp`: an ISO 8601 text in a Document.
  enum class Type : std::uint8_t {
    string,
    integer,
    long_integer,
    boolean,
    floating,
    timestamp,
    list,
    map,
    structure
  };
  std::string_view name;  // "LogGroupName"
  Type type = Type::string;
  std::optional<std::int64_t> min{};           // of a value, a length or a count
  std::span<const ShapeMember> members{};      // of a structure, in model order
  const Shape* element = nullptr;              // of a list or a map
  std::span<const std::string_view> values{};  // of an enumeration; the service may know more
};

// How an operation is asked for its next page: the member `output_token` of an
// answer becomes `input_token` of the next request, until there is none.
struct Pagination {
  std::string_view input_token, output_token;
  std::string_view limit;                       // the member for the size of a page
  std::span<const std::string_view> results{};  // lists that go on from page to page
  std::span<const std::string_view> once{};     // members that are the same in each
};

struct Operation {
  Service service = Service::logs;
  std::string_view name;         // "GetLogEvents"
  std::string_view summary;      // one line for --help
  const Shape* input = nullptr;  // a structure
  const Shape* output = nullptr;
  std::optional<Pagination> pagination{};
  std::string_view essential{};  // the output's member without which an answer is refused; "" for none
};

// In alphabetical order. Lives for ever.
[[nodiscard]] std::span<const Operation> operations() noexcept;
// By "GetLogEvents"; nullptr when there is none.
[[nodiscard]] const Operation* find_operation(Service service, std::string_view name) noexcept;

// What botocore checks on the client: required, type, minimum; never a maximum,
// a pattern or an enumeration. A null input is an empty one. Message: "Parameter
// validation failed:\n" and one line for each fault, in its words;
// Errc::invalid_argument.
[[nodiscard]] Result<void> check_parameters(const Operation& operation, const Document& input);

// The request, not signed yet: awsJson1.1 for Logs, awsQuery for STS, members
// in model order. Precondition: check_parameters(operation, input).
[[nodiscard]] HttpRequest make_request(const Operation& operation, const Document& input,
                                       const Endpoint& endpoint);

// How times of answers read in XML: "2026-01-02T03:04:05+00:00", or as the service
// wrote them.
enum class TimestampFormat : std::uint8_t { iso8601, wire };

// The members of the output shape in model order; absent and null ones left out,
// unknown ones dropped. An answer without the essential member is refused.
[[nodiscard]] Result<Document> decode_response(const Operation& operation, HttpResponse response,
                                               TimestampFormat timestamps = TimestampFormat::iso8601);

// An answer of GetLogEvents or FilterLogEvents: a page when that holds all of it,
// which it nearly always does, else a Document. A page of FilterLogEvents stands for
// one whose searchedLogStreams are there and empty.
using EventAnswer = std::variant<EventPage, Document>;
[[nodiscard]] bool gives_events(const Operation& operation) noexcept;
// decode_response() without a value of its own for each event. Precondition:
// gives_events(operation).
[[nodiscard]] Result<EventAnswer> decode_event_answer(const Operation& operation, HttpResponse response);
// What decode_response() would have given for the same answer.
[[nodiscard]] Document make_document(const Operation& operation, EventAnswer answer);

// One signed, retried call of any operation of one service. Thread-safe.
// References must outlive the caller.
class OperationCaller {
 public:
  OperationCaller(Transport& transport, Clock& clock, CredentialProvider& credentials, ClientOptions options,
                  TimestampFormat timestamps = TimestampFormat::iso8601);
  ~OperationCaller();
  Result<Document> call(const Operation& operation, const Document& input, std::stop_token stop = {});
  // Precondition: gives_events(operation).
  Result<EventAnswer> call_for_events(const Operation& operation, const Document& input,
                                      std::stop_token stop = {});

 private:
  const TimestampFormat timestamps_;
  std::unique_ptr<class SignedCall> call_;
};

}  // namespace crosslog

#endif  // CROSSLOG_OPERATIONS_H_
