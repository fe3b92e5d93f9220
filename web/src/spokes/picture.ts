import type { Hub } from "../api";
import { element } from "../dom";
import { stateShape } from "../state";
import { svg } from "../svg";
import { formatAge } from "../time";
import type { Connection, Spoke } from "./api";
import { type Group, kHubHalf, type Layout, layOut, type Node, shortened } from "./layout";
import { kConnections, kLooks, spokeName } from "./words";

const kNameCharacters = 12;

/**
 * Hub and spokes, and by the style of its line how well each is connected. For the eye and the mouse:
 * the table beside says all of it.
 */
export class Picture {
  readonly element = element("figure", { class: "card spokes-picture" });
  #drawing = element("div");
  #hub: Hub | undefined;
  #spokes: Spoke[] = [];
  #width = 0;

  /** `onSpoke` is called with the spoke that is clicked on. */
  constructor(private readonly onSpoke: (spoke: Spoke) => void) {
    this.element.append(this.#drawing, key());
    new ResizeObserver(() => this.#draw()).observe(this.#drawing);
  }

  show(hub: Hub, spokes: Spoke[]): void {
    this.#hub = hub;
    this.#spokes = spokes;
    this.#width = 0;
    this.#draw();
  }

  #draw(): void {
    const width = this.#drawing.clientWidth;
    if (!this.#hub || width === 0 || width === this.#width) return;
    this.#width = width;
    this.#drawing.replaceChildren(this.#picture(this.#hub, layOut(this.#spokes, width)));
  }

  #picture(hub: Hub, layout: Layout): SVGElement {
    const nodes = layout.groups.flatMap((group) => group.nodes.map((node) => this.#node(node, layout)));
    return svg(
      "svg",
      {
        role: "img",
        "aria-label": describe(hub, this.#spokes),
        width: String(layout.width),
        height: String(layout.height),
        viewBox: `0 0 ${layout.width} ${layout.height}`,
      },
      svg("path", { class: "trunk", d: layout.trunk }),
      ...nodes,
      ...layout.groups.map((group) => groupName(group, layout)),
      ...hubMark(hub, layout),
    );
  }

  #node(node: Node, layout: Layout): SVGElement {
    const { spoke } = node;
    const drawn = svg(
      "g",
      { class: "spoke", "data-connection": spoke.connection, "data-state": kLooks[spoke.state] },
      title(`${spokeName(spoke)}\naccount ${spoke.account_id}\n${kConnections[spoke.connection]}, ${spoke.state}`),
      svg("path", { class: "wire", d: node.wire }),
      ...brokenMark(node),
      svg("path", { class: "spoke-mark", d: stateShape(kLooks[spoke.state]), transform: `translate(${node.x - 6} ${node.y - 6})` }),
      ...this.#nodeText(node, layout),
      hitArea(node, layout),
    );
    drawn.addEventListener("click", () => this.onSpoke(spoke));
    return drawn;
  }

  #nodeText(node: Node, layout: Layout): SVGElement[] {
    const { spoke } = node;
    if (layout.isCompact) return [text(node.x + 9, node.y, shortened(node.label, 4), "spoke-name")];
    const room = node.side === "left" ? node.x : layout.width - node.x;
    const troubles = [
      spoke.dead_letters > 0 ? `${spoke.dead_letters} dead` : "",
      spoke.failing > 0 ? `${spoke.failing} failing` : "",
    ].filter((trouble) => trouble !== "");
    const age = spoke.last_event_time === null ? "no event yet" : formatAge(Date.now() - spoke.last_event_time * 1000);
    const nameEnd = 27 + 7.5 * Math.min(kNameCharacters, layout.longestLabel);
    const about = shortened([age, ...troubles].join(" · "), Math.floor((room - nameEnd) / 7));
    const sign = node.side === "left" ? -1 : 1;
    return [
      text(node.x + sign * 13, node.y, shortened(node.label, kNameCharacters), `spoke-name ${node.side}`),
      text(node.x + sign * nameEnd, node.y, about, `${troubles.length > 0 ? "spoke-trouble" : "spoke-about"} ${node.side}`),
    ];
  }
}

function describe(hub: Hub, spokes: Spoke[]): string {
  const count = (connection: Connection) => spokes.filter((spoke) => spoke.connection === connection).length;
  const counts = (Object.keys(kConnections) as Connection[]).flatMap((connection) =>
    count(connection) > 0 ? [`${count(connection)} ${kConnections[connection]}`] : [],
  );
  return `The hub ${hub.name} and its ${spokes.length} spokes: ${counts.join(", ") || "none"}. The table says the same.`;
}

function hubMark(hub: Hub, { hub: { x, y } }: Layout): SVGElement[] {
  const left = String(x - kHubHalf);
  const box = { class: "hub-box", x: left, y: String(y - 19), width: String(2 * kHubHalf), height: "38", rx: "8" };
  const name = text(x, y - 6, shortened(hub.name, 11), "hub-name");
  const about = text(x, y + 9, hub.region, "hub-about");
  return [svg("g", {}, title(`${hub.name}\naccount ${hub.account_id}\n${hub.region}`), svg("rect", box), name, about)];
}

function groupName(group: Group, layout: Layout): SVGElement {
  const name = group.project === "" ? "no project" : group.project;
  return svg(
    "g",
    {},
    title(name),
    text(group.x, group.y, shortened(name, group.characters), `project-name ${layout.isCompact ? "compact" : group.side}`),
  );
}

/** A line that does not lead to the hub is crossed out. */
function brokenMark({ spoke, middle: { x, y } }: Node): SVGElement[] {
  if (spoke.connection !== "not_connected") return [];
  return [svg("path", { class: "broken", d: `M${x - 3.5} ${y - 3.5}l7 7m0-7l-7 7` })];
}

/** What takes the mouse: the node with its text. */
function hitArea(node: Node, layout: Layout): SVGElement {
  const isLeft = node.side === "left";
  const width = layout.isCompact ? 62 : (isLeft ? node.x : layout.width - node.x) + 12;
  const left = layout.isCompact ? node.x - 22 : isLeft ? 0 : node.x - 12;
  return svg("rect", { class: "hit", x: String(left), y: String(node.y - 12), width: String(width), height: "24" });
}

function text(x: number, y: number, content: string, name: string): SVGElement {
  const created = svg("text", { x: String(x), y: String(y), class: name });
  created.textContent = content;
  return created;
}

function title(content: string): SVGElement {
  const created = svg("title");
  created.textContent = content;
  return created;
}

/** Says what the lines mean. */
function key(): HTMLElement {
  const lines = (Object.keys(kConnections) as Connection[]).map((connection) => {
    const sample = svg(
      "svg",
      { width: "34", height: "10", "aria-hidden": "true" },
      svg("path", { class: "wire", d: "M0 5H34" }),
      ...(connection === "not_connected" ? [svg("path", { class: "broken", d: "M13.5 1.5l7 7m0-7l-7 7" })] : []),
    );
    return element("li", { class: "spoke", "data-connection": connection }, sample, ` ${kConnections[connection]}`);
  });
  const states = (Object.keys(kLooks) as Spoke["state"][]).map((state) => {
    const mark = svg("path", { class: "spoke-mark", d: stateShape(kLooks[state]) });
    const sample = svg("svg", { width: "12", height: "12", viewBox: "0 0 12 12", "aria-hidden": "true" }, mark);
    return element("li", { class: "spoke", "data-state": kLooks[state] }, sample, ` ${state}`);
  });
  return element("figcaption", {}, element("ul", { class: "spokes-key" }, ...lines, ...states));
}
