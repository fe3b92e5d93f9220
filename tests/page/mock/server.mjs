// The dashboard's API without dsdash: a fleet of any size, and a server that can be lost, slow or closed.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { dateText, Fleet } from "./fleet.mjs";

const kWeb = new URL("../../../web/", import.meta.url).pathname;
const kTypes = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
// As src/dashboard sends it.
const kPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

let bundled;

/** Bundles the page once for all servers of this process; answers the folder. */
function bundle() {
  if (bundled) return bundled;
  bundled = mkdtempSync(join(tmpdir(), "dsdash-page-"));
  execFileSync(process.execPath, ["build.mjs", bundled], { cwd: kWeb, stdio: "inherit" });
  return bundled;
}

export class MockServer {
  #server;
  #streams = new Set();
  #started;
  requests = [];
  role = "operator";
  /** With a token, every request needs the session that it opens. */
  token = null;

  static async open(fleet = new Fleet()) {
    const mock = new MockServer();
    mock.fleet = fleet;
    mock.folder = bundle();
    await mock.start();
    return mock;
  }

  async start() {
    this.#server = createServer((request, response) => this.#answer(request, response));
    this.#server.listen(this.port ?? 0, "127.0.0.1");
    await once(this.#server, "listening");
    this.port = this.#server.address().port;
    this.url = `http://127.0.0.1:${this.port}`;
  }

  async stop() {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** Tells every page that something changed. */
  announce(...what) {
    for (const stream of this.#streams) stream.write(`event: changed\ndata: ${JSON.stringify({ what })}\n\n`);
  }

  /** Ends the streams only; new ones are refused until `streams` is true again. */
  streams = true;
  dropStreams() {
    this.streams = false;
    for (const stream of this.#streams) stream.destroy();
  }

  async #answer(request, response) {
    const url = new URL(request.url, this.url);
    this.requests.push(`${request.method} ${request.url}`);
    response.setHeader("Content-Security-Policy", kPolicy);
    const file = join(this.folder, url.pathname === "/" ? "index.html" : url.pathname.replace("/assets/", ""));
    if (extname(file) && existsSync(file)) {
      response.setHeader("Content-Type", kTypes[extname(file)]);
      return response.end(readFileSync(file));
    }
    let body = "";
    for await (const part of request) body += part;
    if (url.pathname === "/api/v1/session") return this.#session(request, response, body);
    if (this.token && !request.headers.cookie?.includes(`session=${this.token}`)) {
      return this.#problem(response, 401, "sign in");
    }
    if (url.pathname === "/api/v1/events") return this.#stream(request, response);
    if (request.method === "POST") return this.#startRefresh(response);
    const json = this.#get(url);
    if (!json) return this.#problem(response, 404, "nothing is at this address");
    this.#send(request, response, JSON.stringify(json));
  }

  #get(url) {
    const query = url.searchParams;
    switch (url.pathname.replace("/api/v1/", "")) {
      case "hubs": return { hubs: [this.fleet.hub], data_folder: "/data", role: this.role };
      case "latest": return this.fleet.latest();
      case "overview": return this.fleet.overview();
      case "metrics": return { metrics: this.fleet.metrics };
      case "trends": return this.fleet.trendsOf(query.get("project"));
      case "attention": return this.fleet.attention();
      case "spokes": return this.fleet.connections();
      case "history": return this.fleet.history();
      case "samples": return { samples: [], more: false };
      case "refresh": return this.#progress();
      default: return undefined;
    }
  }

  #send(request, response, text) {
    const tag = `"${createHash("sha1").update(text).digest("hex")}"`;
    response.setHeader("ETag", tag);
    response.setHeader("Content-Type", "application/json");
    if (request.headers["if-none-match"] === tag) return response.writeHead(304).end();
    response.setHeader("Content-Encoding", "gzip");
    response.end(gzipSync(text, { level: 1 }));
  }

  #problem(response, status, detail) {
    response.writeHead(status, { "Content-Type": "application/problem+json" });
    response.end(JSON.stringify({ title: "", status, detail }));
  }

  #session(request, response, body) {
    const isOpen = !this.token || request.headers.cookie?.includes(`session=${this.token}`);
    if (request.method === "GET" && isOpen) {
      return this.#send(request, response, JSON.stringify({ role: this.role, projects: null, name: "ada" }));
    }
    if (request.method === "POST" && JSON.parse(body).token === this.token) {
      response.setHeader("Set-Cookie", `session=${this.token}; HttpOnly; SameSite=Strict`);
      return response.writeHead(204).end();
    }
    return this.#problem(response, 401, "this token is not known");
  }

  #stream(request, response) {
    if (!this.streams) return this.#problem(response, 503, "no streams");
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(": hello\n\n");
    this.#streams.add(response);
    request.on("close", () => this.#streams.delete(response));
  }

  #startRefresh(response) {
    this.#started = Date.now();
    const date = dateText(this.#started);
    this.fleet.lastFetch = { fetch_id: "f1", date, spokes: this.fleet.spokes.length, answered: 0 };
    response.writeHead(202, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ fetch_id: "f1", date, spokes: this.fleet.spokes.map(spokeName) }));
  }

  /** Half a second for a third of the spokes. */
  #progress() {
    const spokes = this.fleet.spokes;
    const share = Math.min(1, (Date.now() - this.#started) / 1500);
    const answered = Math.floor(spokes.length * share);
    this.fleet.lastFetch.answered = answered;
    return {
      fetch_id: "f1",
      date: dateText(this.#started),
      spokes: spokes.length,
      answered,
      waiting_for: spokes.slice(answered).map(spokeName),
      slowest: answered ? { ...spokeName(spokes[answered - 1]), seconds: share * 1.5 } : null,
      complete: answered === spokes.length,
    };
  }
}

function spokeName({ account_id, project_name, environment }) {
  return { account_id, project_name, environment };
}
