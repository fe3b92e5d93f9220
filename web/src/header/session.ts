import "./session.css";
import { ApiError, kSessionUrl, postJson, readJson } from "../api";
import { byId, element } from "../dom";

interface Session {
  role: string;
  /** Null on loopback, where nobody signs in. */
  name: string | null;
  /** Null for all. */
  projects: string[] | null;
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
      problem,
      element("button", { type: "submit", class: "primary" }, "Sign in"),
      element("p", { class: "quiet" }, "Whoever runs this server makes tokens: ", element("code", {}, "dsdash token create")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#signIn(token.value).catch((error: unknown) => {
        problem.textContent = error instanceof ApiError ? error.message : "The server does not answer.";
        token.select();
      });
    });
    byId("board").hidden = true;
    byId("session").replaceChildren();
    byId("guidance").replaceChildren(form);
    token.focus();
  }

  /** The server has answered: where it did not before, somebody signed in, perhaps in another tab. */
  admitted(): void {
    if (!this.#isAsking) return;
    this.#isAsking = false;
    byId("guidance").replaceChildren();
    void this.show();
  }

  /** Names who is signed in; nobody does where the page is open or the server does not answer. */
  async show(): Promise<void> {
    const session = await readJson<Session>("session").catch(() => undefined);
    if (!session || session.name === null) return;
    const out = element("button", { type: "button", class: "text-button" }, "Sign out");
    out.addEventListener("click", () => {
      void fetch(kSessionUrl, { method: "DELETE" }).then(() => location.reload());
    });
    byId("session").replaceChildren(element("span", { class: "quiet" }, describe(session)), out);
  }

  async #signIn(token: string): Promise<void> {
    await postJson(kSessionUrl, { token });
    this.admitted();
    this.onSignIn();
  }
}

/** "ann · viewer · of churn only". */
function describe({ name, role, projects }: Session): string {
  return [name, role, ...(projects ? [`of ${projects.join(", ")} only`] : [])].join(" · ");
}
