/** A spoke as its hub sees it, of /spokes. */
export interface Spoke {
  account_id: string;
  registrations: { project_name: string; environment: string }[];
  state: "reporting" | "late" | "silent";
  connection: Connection;
  /** Seconds since the epoch; null if nothing came yet. */
  last_event_time: number | null;
  /** From an event's extraction until the hub had it. */
  delay_s: number | null;
  dead_letters: number;
  /** How many metrics it is configured for, and how many of these failed last. */
  metrics: number;
  failing: number;
  findings: Finding[];
}

export type Connection = "connected" | "half_connected" | "not_connected" | "unknown";

/** What `dsdash doctor` finds. */
export interface Finding {
  check: string;
  state: "ok" | "wrong" | "unknown";
  message: string;
  /** For a shell; empty where nothing is to be done, or nobody can know what. */
  command: string;
}
