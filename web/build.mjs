// build.mjs [FOLDER]: bundles the page into FOLDER (default dist), each file also gzipped.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";

const folder = process.argv[2] ?? "dist";
await mkdir(folder, { recursive: true });

await build({
  entryPoints: { page: "src/page.ts", theme: "src/before_paint.ts" },
  outdir: folder,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  legalComments: "inline",
  logLevel: "warning",
});
for (const file of ["src/index.html", "src/icon.svg"]) await copyFile(file, join(folder, basename(file)));
for (const file of ["index.html", "icon.svg", "theme.js", "page.js", "page.css"]) {
  const path = join(folder, file);
  await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }));
}
