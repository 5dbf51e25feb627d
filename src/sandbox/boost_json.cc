// Boost.JSON without a library of its own: its source, compiled here once.
#include <boost/json/src.hpp>
