// How one looks at the findings: their order, and filters, order and place as the address of the page.

const STATUSES = ["open", "accepted", "fixed", "dismissed"];
const by = (...keys) => (a, b) => {
  for (const key of keys) {
    const one = key(a), other = key(b);
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
};
const at = ({ dataset }) => Number(dataset.at), row = ({ dataset }) => Number(dataset.row);

/** The orders of the list. Items come as they weigh. */
export const ORDERS = {
  weight: by(at),
  text: by(row, ({ dataset }) => dataset.of, at),
  check: by(({ dataset }) => dataset.check, at),
  version: by(({ dataset }) => dataset.of, row, at),
  status: by(({ dataset }) => STATUSES.indexOf(dataset.status), at),
};

/** Put findings into one of the orders; an unknown one is that of weight. */
export function ordered(items, order) {
  return [...items].sort(ORDERS[order] ?? ORDERS.weight);
}

/** What stands behind "#": a place, and what differs from a page that was just opened. */
export const address = {
  read(hash) {
    const [place, ...rest] = hash.replace(/^#/, "").split("&"), found = { place: "" };
    for (const part of place.includes("=") ? [place, ...rest] : rest) {
      const [name, ...value] = part.split("=");
      found[name] = plain(value.join("="));
    }
    if (!place.includes("=")) found.place = plain(place);
    return found;
  },
  write({ place, ...fields }) {
    const parts = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return `#${[encodeURIComponent(place ?? ""), ...parts].join("&")}`;
  },
};
function plain(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}
