#include "runtime/util/dotenv.h"

#include <map>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace gyre {
namespace {

using Variables = std::map<std::string, std::string>;

Variables Parse(std::string_view content) {
  Variables result;
  for (auto& [name, value] : ParseDotenv(content)) result[name] = value;
  return result;
}

TEST(DotenvTest, ReadsPlainAssignments) {
  EXPECT_EQ(Parse("A=1\nB=2"), (Variables{{"A", "1"}, {"B", "2"}}));
  EXPECT_EQ(Parse(" A = 1 \r\n\r\nB=x=y"), (Variables{{"A", "1"}, {"B", "x=y"}}));
  EXPECT_EQ(Parse("A=1\nA=2"), (Variables{{"A", "2"}}));
  EXPECT_EQ(Parse("A B=1"), (Variables{{"A B", "1"}}));
}

TEST(DotenvTest, SkipsWhatIsNoAssignment) {
  EXPECT_EQ(Parse(""), Variables());
  EXPECT_EQ(Parse("A\n=1\nB=2"), (Variables{{"B", "2"}}));
  EXPECT_EQ(Parse("=1\nB=2"), (Variables{{"B", "2"}}));
  EXPECT_EQ(Parse("# A=1\n  # c\n B=2"), (Variables{{"B", "2"}}));
}

TEST(DotenvTest, ReadsEmptyValues) {
  EXPECT_EQ(Parse("A=\n\nB=2"), (Variables{{"A", ""}, {"B", "2"}}));
  EXPECT_EQ(Parse("A="), (Variables{{"A", ""}}));
  EXPECT_EQ(Parse("A=\"\"\nB=''"), (Variables{{"A", ""}, {"B", ""}}));
  // White space after the sign reaches over the line's end, as in Node.
  EXPECT_EQ(Parse("A=  \nB=2"), (Variables{{"A", "B=2"}}));
}

TEST(DotenvTest, DropsExport) {
  EXPECT_EQ(Parse("  export  A=1"), (Variables{{"A", "1"}}));
  EXPECT_EQ(Parse("export=1"), (Variables{{"export", "1"}}));
}

TEST(DotenvTest, ReadsQuotedValues) {
  EXPECT_EQ(Parse(R"(A="x\ny" # c)"), (Variables{{"A", "x\ny"}}));
  EXPECT_EQ(Parse(R"(A='x\ny')"), (Variables{{"A", R"(x\ny)"}}));
  EXPECT_EQ(Parse("A=`a\"b'c`"), (Variables{{"A", "a\"b'c"}}));
  EXPECT_EQ(Parse("A='multi\nline' # c\nB=3"), (Variables{{"A", "multi\nline"}, {"B", "3"}}));
  EXPECT_EQ(Parse("A=\" x # y \"z\nB=1"), (Variables{{"A", " x # y "}, {"B", "1"}}));
}

TEST(DotenvTest, TakesALoneQuoteLiterally) {
  EXPECT_EQ(Parse("A=\"x\nB=2"), (Variables{{"A", "\"x"}, {"B", "2"}}));
  EXPECT_EQ(Parse("A=a\"b\"c"), (Variables{{"A", "a\"b\"c"}}));
}

TEST(DotenvTest, EndsPlainValuesAtComments) {
  EXPECT_EQ(Parse("A=x#c\nB=#c"), (Variables{{"A", "x"}, {"B", ""}}));
}

}  // namespace
}  // namespace gyre
