import "./key_help.css";
import { byId, element } from "../dom";
import { Popover } from "../filters/popover";

const kKeys: [where: string, keys: [keys: string, what: string][]][] = [
  ["Everywhere", [["Tab", "to the next control; the matrix is one"], ["Esc", "closes what is open"]]],
  ["Views", [["← →", "the view beside"], ["Home End", "the first, the last"]]],
  [
    "Matrix",
    [
      ["← → ↑ ↓", "from cell to cell"],
      ["→ ←", "on a row's name: opens, closes its group"],
      ["Home End", "the row's name, its last cell"],
      ["PgUp PgDn", "as many rows as are in sight"],
      ["Ctrl+Home Ctrl+End", "the first row, the last cell"],
      ["Enter Space", "opens a history or a group, sorts by a column"],
    ],
  ],
  ["History", [["← →", "from point to point"], ["Home End", "the first, the last"], ["+ −", "zooms in, out, where the cursor stands"]]],
];

/** The button in the header that lists what the keyboard does. */
export class KeyHelp {
  #popover = new Popover("Keys", () => {});

  constructor() {
    const { button, panel } = this.#popover;
    button.textContent = "Keys";
    for (const [where, keys] of kKeys) {
      const rows = keys.map(([names, what]) => element("div", {}, element("dt", {}, ...caps(names)), element("dd", {}, what)));
      panel.append(element("h2", {}, where), element("dl", {}, ...rows));
    }
    panel.classList.add("key-help");
    byId("keys").replaceChildren(button, panel);
  }
}

function caps(names: string): (Node | string)[] {
  return names.split(" ").flatMap((name) => [element("kbd", {}, name), " "]);
}
