import assert from "node:assert/strict";
import test from "node:test";
import { csv } from "./csv";

test("records end with CRLF, the last one too", () => {
  assert.equal(csv([["a", "b"], ["1", ""]]), "a,b\r\n1,\r\n");
});

test("commas, quotes and line breaks are quoted, other text is as it is", () => {
  const row = ["a,b", 'say "no"', "two\nlines", "cr\r", " spaces ", "ü"];
  assert.equal(csv([row]), '"a,b","say ""no""","two\nlines","cr\r", spaces ,ü\r\n');
});

test("what is no number is never a formula", () => {
  const formulas = ["=1+1", "+1", "-1+cmd", "-", "@SUM(A1)", "＝1", "\t=1", "a;=1", "a;b-c"];
  assert.equal(csv([formulas]), "'=1+1,'+1,'-1+cmd,'-,'@SUM(A1),'＝1,'\t=1,a;'=1,a;b-c\r\n");
  assert.equal(csv([["\n=1", '=A1,"b"', "a\r@b"]]), `"'\n=1","'=A1,""b""","a\r'@b"\r\n`);
  const numbers = ["-1", "-0.5", "0", "-1.25e-7", "12345678901234567890.5"];
  assert.equal(csv([numbers]), `${numbers.join(",")}\r\n`);
});
