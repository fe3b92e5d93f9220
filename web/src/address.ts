/** What the page shows stands in its address, so that a link shows the same and Back leads back. */

/** For each name its value, its values, or null for none. */
export type AddressChange = Record<string, string | readonly string[] | null>;

export function readAddress(): URLSearchParams {
  return new URLSearchParams(location.search);
}

/** The address after `change`, as a link. */
export function addressWith(change: AddressChange): string {
  const query = readAddress();
  for (const [name, value] of Object.entries(change)) {
    query.delete(name);
    const values = typeof value === "string" ? [value] : (value ?? []);
    for (const each of values) query.append(name, each);
  }
  const text = query.toString();
  return text === "" ? location.pathname : `${location.pathname}?${text}`;
}

/** Writes `change` into the address; with `push`, Back undoes it. */
export function writeAddress(change: AddressChange, { push = false } = {}): void {
  const address = addressWith(change);
  if (address === location.pathname + location.search) return;
  if (push) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

/** Calls back when the reader went back or forward. */
export function onNavigation(callback: () => void): void {
  addEventListener("popstate", callback);
}
