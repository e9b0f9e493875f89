#include "runtime/report/json_writer.h"

#include "gtest/gtest.h"

namespace gyre {
namespace {

void Write(JsonWriter& json) {
  json.BeginObject();
  json.String("a", "x\"\\\n");
  json.BeginArray("b");
  json.Number("", 1);
  json.Number("", 2.5);
  json.EndArray();
  json.BeginObject("c");
  json.EndObject();
  json.Bool("d", true);
  json.Null("e");
  json.EndObject();
}

TEST(JsonWriter, CompactIsOneLine) {
  JsonWriter json(/*compact=*/true);
  Write(json);
  EXPECT_EQ(json.text(), R"({"a":"x\"\\\u000a","b":[1,2.5],"c":{},"d":true,"e":null})");
}

TEST(JsonWriter, PrettyIndentsByTwo) {
  JsonWriter json(/*compact=*/false);
  Write(json);
  EXPECT_EQ(json.text(),
            "{\n  \"a\": \"x\\\"\\\\\\u000a\",\n  \"b\": [\n    1,\n    2.5\n  ],\n"
            "  \"c\": {},\n  \"d\": true,\n  \"e\": null\n}");
}

}  // namespace
}  // namespace gyre
