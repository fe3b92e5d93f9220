/** One thing that needs attention, as /attention ranks it. */
export interface AttentionItem {
  severity: "critical" | "warning" | "notice";
  kind: string;
  title: string;
  detail: string;
  /** What to do about it. */
  advice: string;
  /** For a shell; empty where no single command mends it. */
  command: string;
  /** Whom it concerns; each is empty where that says nothing. */
  project_name: string;
  environment: string;
  account_id: string;
  metric_name: string;
}
