import type { RefreshProgress, SpokeName } from "../api";

const kNamesShown = 3;

/** How far a refresh is, in one line. */
export function describeProgress({ answered, spokes, waiting_for, slowest, complete }: RefreshProgress): string {
  const parts = [`${answered} of ${spokes} spokes answered`];
  if (slowest) parts.push(`slowest ${nameSpoke(slowest)}, ${slowest.seconds.toFixed(1)} s`);
  if (!complete && waiting_for.length > 0) {
    const names = waiting_for.slice(0, kNamesShown).map(nameSpoke).join(", ");
    const more = waiting_for.length - kNamesShown;
    parts.push(`waiting for ${names}${more > 0 ? ` and ${more} more` : ""}`);
  }
  return parts.join(" · ");
}

function nameSpoke({ project_name, environment }: SpokeName): string {
  return `${project_name} ${environment}`;
}
