// Runs the unit tests that stand beside their sources (src/**/*.test.ts) with Node's test runner.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = await mkdtemp(join(tmpdir(), "dsdash-web-"));
const tests = (await readdir("src", { recursive: true })).filter((file) => file.endsWith(".test.ts"));
await build({
  entryPoints: tests.map((file) => join("src", file)),
  outdir: folder,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  logLevel: "warning",
});
const bundled = tests.map((file) => join(folder, file.replace(/\.ts$/, ".mjs")));
const run = spawnSync(process.execPath, ["--test", ...bundled], { stdio: "inherit" });
await rm(folder, { recursive: true });
process.exitCode = run.status ?? 1;
