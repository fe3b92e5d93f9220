import assert from "node:assert/strict";
import test from "node:test";
import { csv } from "./csv";

test("records end with CRLF, the last one too", () => {
  assert.equal(csv([["a", "b"], ["1", ""]]), "a,b\r\n1,\r\n");
});

test("commas, quotes and line breaks are quoted, other text is as it is", () => {
  const row = ["a,b", 'say "no"', "two\nlines", "cr\r", " spaces ", "-1", "=1+1", "ü"];
  assert.equal(csv([row]), '"a,b","say ""no""","two\nlines","cr\r", spaces ,-1,=1+1,ü\r\n');
});
