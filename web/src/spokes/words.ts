/** What the picture and the table call things. */

import type { Connection, Spoke } from "./api";
import type { State } from "../state";

export const kConnections: Record<Connection, string> = {
  connected: "connected",
  half_connected: "half connected",
  not_connected: "not connected",
  unknown: "not known",
};

/** A spoke's state wears the shape and colour of a series' state. */
export const kLooks: Record<Spoke["state"], State> = { reporting: "fresh", late: "late", silent: "silent" };

export function spokeName({ registrations, account_id }: Spoke): string {
  const names = registrations.map(({ project_name, environment }) => `${project_name || "no project"} · ${environment}`);
  return names.length > 0 ? names.join(", ") : `account ${account_id}`;
}

/** How much is wrong with a spoke: 0 for nothing. */
export function badness(spoke: Spoke): number {
  const connection = { connected: 0, unknown: 0, half_connected: 4, not_connected: 6 }[spoke.connection];
  const state = { reporting: 0, late: 2, silent: 5 }[spoke.state];
  const wrong = spoke.findings.some((finding) => finding.state === "wrong");
  return 10 * Math.max(connection, state) + 3 * Math.min(spoke.dead_letters + spoke.failing, 3) + Number(wrong);
}
