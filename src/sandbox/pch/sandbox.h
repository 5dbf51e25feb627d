// What nearly every file of the sandbox includes, compiled once: Boost.JSON and the
// containers cost more than the code that uses them. Files include what they use all
// the same.
#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <chrono>
#include <deque>
#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
