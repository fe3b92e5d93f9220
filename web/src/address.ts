/** What of the page stands in its address, so that a link shows the same. */
export interface Address {
  hub: string | null;
  metric: string | null;
  range: string | null;
}

export function readAddress(): Address {
  const query = new URLSearchParams(location.search);
  return { hub: query.get("hub"), metric: query.get("metric"), range: query.get("range") };
}

export function writeAddress(change: Partial<Address>): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  history.replaceState(null, "", `${location.pathname}?${query}`);
}
