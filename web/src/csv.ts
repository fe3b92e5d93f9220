/** RFC 4180: records end with CRLF; a field with a comma, quote or line break is quoted. Names and reasons come from
 * other accounts: before what a spreadsheet would run as a formula stands an apostrophe, as OWASP advises ("CSV
 * Injection"). Numbers stay as they are. */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

const kNumber = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

function field(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) && !kNumber.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
