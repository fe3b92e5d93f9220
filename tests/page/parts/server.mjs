// Serves parts of the page over the made-up hub, under the policy that dsdash sends: `node server.mjs [PORT]`.
import { createServer } from "node:http";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { build } from "../../../web/node_modules/esbuild/lib/main.js";
import * as fleet from "./fleet.mjs";

const kPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";
const kPage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Parts</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/page.css">
<script type="module" src="/assets/page.js"></script></head>
<body><template id="svg-template"><svg></svg></template><main><h1>Parts of the page</h1>
<section aria-labelledby="a"><h2 id="a">Attention</h2><div id="attention"></div></section>
<section aria-labelledby="s"><h2 id="s">Spokes</h2><div id="spokes"></div></section>
<section aria-labelledby="l"><h2 id="l">Series</h2><ul id="series"></ul></section></main></body></html>`;

export async function startServer(port = 0) {
  const bundle = await build({
    entryPoints: { page: fileURLToPath(new URL("page.ts", import.meta.url)) },
    nodePaths: [fileURLToPath(new URL("../../../web/node_modules", import.meta.url))],
    outdir: "/assets",
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
  });
  const assets = new Map(bundle.outputFiles.map(({ path, text }) => [path, text]));
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://localhost");
    const { type, body, status } = answer(url, assets);
    response.writeHead(status ?? 200, { "Content-Type": type, "Content-Security-Policy": kPolicy });
    response.end(body);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

function answer({ pathname, searchParams }, assets) {
  const query = Object.fromEntries(searchParams);
  if (pathname === "/") return { type: "text/html", body: kPage };
  if (pathname.endsWith(".css")) return { type: "text/css", body: assets.get(pathname) };
  if (pathname.endsWith(".js")) return { type: "text/javascript", body: assets.get(pathname) };
  if (pathname.endsWith(".svg")) return { type: "image/svg+xml", body: "<svg xmlns='http://www.w3.org/2000/svg'/>" };
  const resources = {
    latest: fleet.latest,
    history: fleet.history,
    samples: fleet.samples,
    metrics: fleet.metrics,
    attention: fleet.attention,
    spokes: ({ count }) => fleet.spokes(Number(count ?? 15)),
  };
  const resource = resources[pathname.replace("/api/v1/", "")];
  if (!resource) return { type: "application/problem+json", body: '{"detail":"nothing here"}', status: 404 };
  return { type: "application/json", body: JSON.stringify(resource(query)) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log((await startServer(Number(process.argv[2] ?? 8123))).url);
}
