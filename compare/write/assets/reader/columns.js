// How the columns of the text stand: their order, how wide each is and how large the letters, kept in the browser.

const SIZES = [0.8, 0.9, 1, 1.12, 1.25, 1.4], FIRST = SIZES.indexOf(1), STEP = 1.25, WIDEST = 4;

/** `ids`: the versions' names; all reports on versions of these names stand as one chose once. */
export function columns({ root, ids }) {
  const key = `hexapla columns ${ids.join(" ")}`;
  const fresh = () => ({ order: ids.map((_, at) => at), widths: ids.map(() => 1), size: FIRST, away: null });
  let kept = recall() ?? fresh();
  // A rule reaches the rows that sleep too.
  const rules = root.appendChild(document.createElement("style"));

  function recall() {
    try {
      const found = JSON.parse(localStorage.getItem(key));
      const sound = found?.order?.length === ids.length && new Set(found.order).size === ids.length && found.order.every((at) => at in ids)
        && found.widths?.length === ids.length && found.widths.every((width) => width >= 1 / WIDEST && width <= WIDEST) && found.size in SIZES && (found.away === null || Array.isArray(found.away));
      return sound ? found : null;
    } catch { return null; }
  }
  function lay() {
    const there = kept.order.filter((at) => !root.classList.contains(`without-${at}`));
    root.style.setProperty("--n", Math.max(there.length, 1));
    root.style.setProperty("--columns", there.map((at) => `minmax(0, ${kept.widths[at]}fr)`).join(" ") || "minmax(0, 1fr)");
    rules.textContent = kept.order.map((at, nth) => `.hexapla .row > [data-v="${at}"] { order: ${nth + 1}; }`).join("\n")
      + (kept.size === FIRST ? "" : `\n.hexapla [role=table] .row { font-size: ${SIZES[kept.size]}em; }`);
  }
  function keep() {
    try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* then they stand so while the page is open */ }
  }
  return {
    lay,
    /** The columns that one hid, by their numbers; null where one never did. */
    away: () => kept.away,
    hide(columns) { kept.away = columns, keep(); },
    /** Do what a button says with a column; return words for it. */
    act(name, of) {
      const at = Number(of), nth = kept.order.indexOf(at), bounded = (value, low, high) => Math.min(Math.max(value, low), high);
      const { order, widths } = kept;
      if (name === "reset") kept = fresh();
      else if (name === "small" || name === "large") kept.size = bounded(kept.size + (name === "large" ? 1 : -1), 0, SIZES.length - 1);
      else if (name === "narrow" || name === "wide") widths[at] = bounded(widths[at] * (name === "wide" ? STEP : 1 / STEP), 1 / WIDEST, WIDEST);
      else {
        const other = bounded(nth + (name === "right" ? 1 : -1), 0, order.length - 1);
        [order[nth], order[other]] = [order[other], order[nth]];
      }
      keep();
      lay();
      return name === "reset" ? "columns reset" : `columns: ${kept.order.map((each) => ids[each]).join(", ")}`;
    },
  };
}
