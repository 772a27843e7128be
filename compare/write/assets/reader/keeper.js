// Where an editor's decisions are kept: with the desk's server, in a notebook's model, or in the browser's storage.

const KEY = ["check", "version", "quote"];
const COLUMNS = [...KEY, "verdict", "reason", "occurrence", "before", "after"];

/** Whether a line of decisions is about this finding. */
function about({ dataset }) {
  const own = { check: dataset.check, version: dataset.of, quote: dataset.quote };
  return (line) => KEY.every((name) => line[name] === own[name]) && ["*", dataset.nth].includes(line.occurrence ?? "*");
}

/** Keep decisions: `verdict(item)` gives [verdict, reason], `put(items, verdict, reason)` decides. `changed` is called
 *  whenever any of it is otherwise. `signature`: under what the browser keeps them when there is nobody else. */
export function keeper({ model, signature, changed }) {
  if (model?.desk) return {
    verdict: ({ dataset }) => model.desk.findings()[dataset.id] ?? ["open", ""],
    put: (items, verdict, reason) => model.desk.act("decide", { ids: items.map(({ dataset }) => dataset.id), verdict, reason }),
    undo: () => model.desk.act("undo"), redo: () => model.desk.act("redo"),
    lines: () => [], table: () => "", unsaved: () => model.desk.pending(), handed() {}, heard() {},
  };
  const store = `hexapla ${signature}`;
  const past = [], future = [];
  let lines = model ? model.get("decisions") ?? [] : recall(store).lines;
  let handed = model ? true : recall(store).handed;
  function set(next, safe = false) {
    lines = next;
    handed = Boolean(model) || safe || !lines.length;
    if (model) { if (model.get("decisions") !== lines) model.set("decisions", lines), model.save_changes(); }
    else remember(store, { lines, handed });
    changed();
  }
  return {
    verdict(item) {
      const line = lines.find(about(item));
      return line ? [line.verdict, line.reason] : [item.dataset.was, item.dataset.reason];
    },
    put(items, verdict, reason) {
      past.push(lines), future.splice(0);
      let next = lines;
      for (const item of items) {
        const { check, of: version, quote, nth: occurrence, before, after, was } = item.dataset, mine = about(item);
        const decided = next.some(mine);
        next = next.filter((line) => !mine(line));
        // Taking back one's word is no new word; opening what the work's own decisions closed is one.
        if (verdict === "open" ? !decided && was !== "open" : verdict !== was || reason !== item.dataset.reason)
          next.push({ check, version, quote, verdict, reason, occurrence, before, after });
      }
      set(next);
    },
    undo() { if (past.length) future.push(lines), set(past.pop()); },
    redo() { if (future.length) past.push(lines), set(future.pop()); },
    lines: () => lines,
    table() {
      const cells = lines.map((line) => COLUMNS.map((name) => String(line[name] ?? "").replace(/\s+/g, " ")).join("\t"));
      return [COLUMNS.join("\t"), ...cells].join("\n") + "\n";
    },
    unsaved: () => !handed,
    handed: () => set(lines, true),
    heard() { lines = model.get("decisions"); changed(); },
  };
}

// A browser may refuse its storage, to a page from the disk above all; then decisions live as long as the page.
function recall(store) {
  try {
    const kept = JSON.parse(localStorage.getItem(store));
    return Array.isArray(kept?.lines) ? kept : { lines: [], handed: true };
  } catch { return { lines: [], handed: true }; }
}
function remember(store, kept) {
  try { kept.lines.length ? localStorage.setItem(store, JSON.stringify(kept)) : localStorage.removeItem(store); } catch { /* as above */ }
}
