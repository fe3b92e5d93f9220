/** RFC 4180: records end with CRLF; a field with a comma, quote or line break is quoted. Names and reasons come from
 * other accounts: before what a spreadsheet would run as a formula stands an apostrophe, as OWASP advises ("CSV
 * Injection"). Numbers stay as they are. */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

/** At the beginning of a field, or behind what some spreadsheets take for the end of one. */
const kFormula = /(^|[;\t\r\n])([=+\-@\t\r\n＝＋－＠])/g;
const kNumber = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

function field(text: string): string {
  const harmless = kNumber.test(text) ? text : text.replaceAll(kFormula, "$1'$2");
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
