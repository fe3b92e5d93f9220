import { type State, stateShape } from "./state";

/** Creates an SVG element; its namespace is that of the picture in index.html's template. */
export function svg(tag: string, attributes: Record<string, string> = {}, ...children: Node[]): SVGElement {
  const created = document.createElementNS(namespace(), tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, value);
  created.append(...children);
  return created;
}

let known = "";

function namespace(): string {
  if (known === "") {
    const template = document.getElementById("svg-template") as HTMLTemplateElement | null;
    known = template?.content.firstElementChild?.namespaceURI ?? "";
  }
  return known;
}

/** The glyph of a state, for beside its text. */
export function stateGlyph(state: State): SVGElement {
  const path = svg("path", { d: stateShape(state) });
  return svg("svg", { class: `glyph state-${state}`, viewBox: "0 0 12 12", "aria-hidden": "true" }, path);
}
