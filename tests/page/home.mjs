// A `dsdash serve` of its own for a test: accounts, the CLI, and an end to it all.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const kDsdash = process.env.DSDASH ?? new URL("../../build/release/dsdash", import.meta.url).pathname;

export const kHub = "111111111111";
export const kOtherHub = "444444444444";
export const kSpokes = [
  { name: "churn-dev", id: "222222222222", environment: "dev" },
  { name: "churn-prod", id: "333333333333", environment: "prod" },
];

export class Home {
  #server;
  #log = [];
  #port = 0;
  #tls = [];

  /** With `tls` for every address of this machine, where tokens are asked for. */
  static async open({ tls = false } = {}) {
    const home = new Home();
    home.data = await mkdtemp(join(tmpdir(), "dsdash page's "));
    if (tls) await home.#makeCertificate();
    await home.start();
    return home;
  }

  async #makeCertificate() {
    this.certificate = join(this.data, "dash.pem");
    const key = join(this.data, "dash.key");
    const words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=dsdash";
    const names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    await promisify(execFile)("openssl", [...words.split(" "), ...names, "-keyout", key, "-out", this.certificate]);
    this.#tls = ["--tls-certificate", this.certificate, "--tls-key", key];
  }

  async start() {
    const address = this.#tls.length ? "0.0.0.0" : "127.0.0.1";
    const listen = `${address}:${this.#port}`;
    this.#server = spawn(kDsdash, ["serve", "--data", this.data, "--listen", listen, ...this.#tls]);
    const ready = new Promise((resolve, reject) => {
      const read = (line) => {
        this.#log.push(line);
        const found = /ready on (https?:\/\/\S+:\d+)/.exec(line);
        if (found) resolve(found[1]);
      };
      for (const stream of [this.#server.stdout, this.#server.stderr]) {
        createInterface({ input: stream }).on("line", read);
      }
      this.#server.once("error", reject);
      this.#server.once("exit", () => reject(new Error(`serve ended:\n${this.#log.join("\n")}`)));
    });
    const url = new URL(await ready);
    this.#port = url.port;
    this.url = this.#tls.length ? `https://localhost:${url.port}` : url.origin;
  }

  async stop() {
    if (this.#server.exitCode !== null || !this.#server.kill()) return;
    await once(this.#server, "exit");
  }

  async close() {
    await this.stop();
    await rm(this.data, { recursive: true });
  }

  async dsdash(...words) {
    const environment = { ...process.env, DSDASH_DATA: this.data, DSDASH_ENDPOINT_URL: this.url };
    if (this.certificate) environment.AWS_CA_BUNDLE = this.certificate;
    const { stdout } = await promisify(execFile)(kDsdash, words, { env: environment });
    return stdout;
  }

  /** Runs `commands` as a person would who pastes them into a shell; throws when one fails. */
  async paste(commands) {
    const environment = { ...process.env, PATH: `${dirname(kDsdash)}:${process.env.PATH}` };
    for (const name of Object.keys(environment)) {
      if (/^(DSDASH|AWS)_/.test(name)) delete environment[name];
    }
    await promisify(execFile)("sh", ["-euc", commands], { env: environment });
  }

  async api(path) {
    return (await fetch(this.url + path)).json();
  }

  createAccount(name, id) {
    return this.dsdash("account", "create", name, "--id", id, "--region", "eu-west-1");
  }

  async createHub(name, id) {
    await this.createAccount(name, id);
    await this.dsdash("deploy", "hub", "--account", name);
  }

  /** Two spokes of one project, whose metrics are a parameter's value and the number of endpoints. */
  async connectSpokes() {
    for (const { name, id, environment } of kSpokes) {
      await this.createAccount(name, id);
      const context = [
        "metrics=SSMParamStoreValue,NumberEndPointsInService",
        "ssm_parameter=/models/threshold",
        "project_name=churn",
        `environment=${environment}`,
      ].flatMap((setting) => ["-c", setting]);
      await this.dsdash("deploy", "spoke", "--account", name, ...context);
      await this.dsdash("put-parameter", "--account", name, "/monitors/TestHub", kHub);
      await this.dsdash("put-parameter", "--account", "hub", `/monitored_projects/churn/${environment}`, id);
    }
    for (const action of ["EBPut", "EBRule"]) {
      for (const account of ["hub", ...kSpokes.map(({ name }) => name)]) {
        const payload = JSON.stringify({ action });
        await this.dsdash("invoke", "ds-dashboard-connection", "--account", account, "--payload", payload);
      }
    }
  }

  setThreshold(spoke, value) {
    return this.dsdash("put-parameter", "--account", spoke, "/models/threshold", value, "--overwrite");
  }

  refresh() {
    return this.dsdash("refresh", "--account", "hub", "--wait");
  }
}
