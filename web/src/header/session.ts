import "./session.css";
import { ApiError, kSessionUrl, postJson, readJson } from "../api";
import { byId, element } from "../dom";

interface Session {
  role: string;
  name: string;
}

/** Who is signed in, and the form that asks for a token. On loopback there is neither. */
export class SessionControl {
  #isAsking = false;

  constructor(private readonly onSignIn: () => void) {}

  get isAsking(): boolean {
    return this.#isAsking;
  }

  /** Shows the form. */
  ask(): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const token = element("input", { type: "password", id: "token", autocomplete: "current-password", required: "" });
    const problem = element("p", { class: "problem", role: "alert" });
    const form = element(
      "form",
      { class: "card sign-in" },
      element("h2", {}, "Sign in"),
      element("label", { for: "token" }, "Token"),
      token,
      element("button", { type: "submit", class: "primary" }, "Sign in"),
      problem,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#signIn(token.value).catch((error: unknown) => {
        problem.textContent = error instanceof ApiError ? error.message : "The server does not answer.";
        token.select();
      });
    });
    byId("board").hidden = true;
    byId("guidance").replaceChildren(form);
    token.focus();
  }

  /** Names who is signed in. */
  async show(): Promise<void> {
    if (/^(localhost|127\.|\[::1\])/.test(location.host)) return;
    const { name, role } = await readJson<Session>("session");
    const out = element("button", { type: "button", class: "text-button" }, "Sign out");
    out.addEventListener("click", () => {
      void fetch(kSessionUrl, { method: "DELETE" }).then(() => location.reload());
    });
    byId("session").replaceChildren(element("span", { class: "quiet" }, `${name} · ${role}`), out);
  }

  async #signIn(token: string): Promise<void> {
    await postJson(kSessionUrl, { token });
    this.#isAsking = false;
    byId("guidance").replaceChildren();
    this.onSignIn();
  }
}
