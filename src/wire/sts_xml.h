// The strict XML reader for what STS answers. A small tree, as an answer has a
// dozen elements; names are local names, prefixes are cut off and namespaces not
// looked at, as AWS's own clients do.
//
// What no answer of AWS holds and attacks need is refused where it begins: DOCTYPE,
// entity declarations, processing instructions, encodings other than UTF-8,
// undeclared entities. Comments and CDATA are never structure. Everything else
// that XML 1.0 (5th edition) calls not well-formed is refused too: a body that
// was cut or spliced must not give credentials.
#ifndef CROSSLOG_SRC_WIRE_STS_XML_H_
#define CROSSLOG_SRC_WIRE_STS_XML_H_

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "crosslog/error.h"

namespace crosslog::wire {

struct XmlLimits {
  std::size_t max_bytes = 64u << 10;
  std::size_t max_depth = 16;        // elements inside each other
  std::size_t max_attributes = 256;  // in all
};

struct XmlElement {
  std::string_view name;  // "AccessKeyId", also of "ns2:AccessKeyId"
  // The character data before the first child, with references and line ends
  // resolved and comments taken out, not trimmed.
  std::string_view text;
  std::size_t offset = 0;  // of its '<' in the text that was read
  std::vector<XmlElement> children;

  // The first child called `name`, or nullptr.
  [[nodiscard]] const XmlElement* child(std::string_view name) const noexcept;
};

// Names point into the text that was read, which must outlive the tree; texts
// point into a buffer of the tree's own that is wiped with it.
class XmlTree {
 public:
  [[nodiscard]] const XmlElement& root() const noexcept { return root_; }

 private:
  friend class XmlReader;
  struct Wiper {
    std::size_t size;
    void operator()(char* bytes) const noexcept;
  };
  XmlElement root_;
  std::unique_ptr<char[], Wiper> texts_;
};

// Errc::protocol: "Unable to parse response (REASON at byte N), invalid XML
// received. Further retries may succeed.", botocore's words without the body's
// bytes. The reason is "unexpected content" where HTML, JSON or nothing came
// instead of XML; a hint says which.
[[nodiscard]] Result<XmlTree> parse_sts_xml(std::string_view text, XmlLimits limits = {});

}  // namespace crosslog::wire

#endif  // CROSSLOG_SRC_WIRE_STS_XML_H_
