// Makes the report's root element live: follow, filter, compare, decide. All text is in the page already;
// without this script it reads on. The HTML page and the notebook's widget use this one module.

import { differ, painted, stops, textOf, tokens } from "./words.js";
import { keeper } from "./keeper.js";
import { ORDERS, address, ordered } from "./view.js";
import { text } from "./blocks.js";
import { list } from "./list.js";
import { variants } from "./variants.js";
import { columns } from "./columns.js";
import { translator } from "./interface.js";

/** What mends rows in the widget: its name, its key, and what it does. */
const MENDS = [
  ["up", "Alt+ArrowUp", "move the sentence, and those before it in its cell, to the row above"],
  ["down", "Alt+ArrowDown", "move the sentence, and those after it in its cell, to the row below"],
  ["unlink", "x", "give the sentence a row of its own"],
  ["split", "s", "begin a new row with the sentence"],
  ["merge", "m", "make one row of this and the one above"],
  ["undo", "z", "take back the last change of the rows"],
];

/** Make the report inside `el` live; with a widget's `model`, put it there first, and again whenever it changes. */
export function render({ model, el }) {
  if (!model) return live({ el });
  // What outlives a new drawing: the sentence chosen, how filters and columns stand, how far down one has read.
  const past = { chosen: null, fields: new Map(), away: null, top: 0, typed: null, stood: null };
  let stop = () => {};
  const show = () => {
    // Words that are being written are not taken away.
    const open = el.querySelector("dialog[open]");
    if (open) return open.addEventListener("close", show, { once: true });
    const focused = el.contains(document.activeElement), stood = past.stood = model.page && above(el);
    stop();
    el.innerHTML = model.get("html");
    stop = live({ model, el, past });
    if (stood) stay(el, stood);
    if (focused) (past.typed === null ? el.firstElementChild : el.querySelector("[name=reason]")).focus({ preventScroll: true });
  };
  if (model.page) stop = live({ model, el, past }); // the desk's page came whole
  else show();
  model.on("change:html", show);
  return () => { model.off("change:html", show); stop(); };
}

/** Return which row stands at the top of the screen, and where. */
function above(el) {
  const row = [...el.querySelectorAll(".row[id]")].find((each) => each.getBoundingClientRect().bottom > 100);
  return row && { id: row.id, top: row.getBoundingClientRect().top };
}
/** Let a row stand on the screen where it stood. */
function stay(el, { id, top }) {
  const row = el.querySelector(`[id="${id}"]`);
  if (row) scrollBy({ top: row.getBoundingClientRect().top - top, behavior: "instant" });
}

/** Follow, filter, compare and decide within `el`; tell a widget's `model` what is done. Returns what undoes it.
 *  `past`: how the widget stood when it was last drawn. */
function live({ model, el, past }) {
  const root = el.querySelector(".hexapla");
  const all = (selector) => [...root.querySelectorAll(selector)];
  const one = (selector) => root.querySelector(selector);
  const done = new AbortController();
  const on = (target, event, act, more) => target?.addEventListener(event, act, { signal: done.signal, ...more });

  const items = cards(), form = one(".tools form");
  let shown = items, active = null, spot = "", started = false, seen = new Set();
  root.classList.add("live");
  if (model && !model.page) {
    root.classList.add("inset");
    // A click must bring the keys here, and a notebook must not take them for its own.
    root.tabIndex = -1;
    root.dataset.lmSuppressShortcuts = "true";
  }
  const page = text({ root, dress, strip }), { rows } = page, listed = list(one(".findings"));

  /** The findings, which a long list holds as the source of a <noscript>: they are elements that need not stand in the page. */
  function cards() {
    const asleep = one(".findings noscript");
    if (!asleep) return all(".finding");
    const made = Object.assign(document.createElement("template"), { innerHTML: asleep.textContent });
    asleep.remove();
    return [...made.content.querySelectorAll(".finding")];
  }
  const finds = ({ dataset }) => dataset.f.split(" ").map(Number);
  const rowsOf = ({ dataset }) => dataset.rows.split(" ").filter(Boolean);
  /** The marks of a finding in a row's element. */
  const marksIn = (row, item) => [...row?.querySelectorAll(".m") ?? []].filter((mark) => finds(mark).includes(Number(item.dataset.at)));

  /** Give a row that woke what its marks show today: which are filtered away, decided or followed; and its paint. */
  function dress(row) {
    const own = active && Number(active.dataset.at);
    row.classList.remove("here");
    for (const mark of row.querySelectorAll(".m")) {
      const of = finds(mark), { status } = items[of[0]].dataset, on = active !== null && of.includes(own);
      mark.classList.toggle("off", !of.some((at) => seen.has(at)));
      mark.classList.toggle("on", on);
      if (on) row.classList.add("here");
      if (mark.matches("a")) for (const name of ["accepted", "dismissed", "fixed"]) mark.classList.toggle(name, name === status);
    }
    if (painting()) watch.observe(row), fresh.add(row);
  }
  /** Take the paint from rows that fall asleep. */
  function strip(block) {
    for (const row of block.children) watch.unobserve(row), fresh.delete(row);
    for (const [name, several] of Object.entries(ranges))
      for (const range of several) if (block.contains(range.startContainer)) painted[name]?.delete(range), several.delete(range);
  }

  // Following a finding: all its places light up, its row comes into view.
  function follow(item, { scroll = true } = {}) {
    const before = active;
    active = item;
    spot = "";
    if (before) {
      before.removeAttribute("aria-current");
      for (const number of rowsOf(before)) if (page.get(number)?.block.awake) dress(page.row(number));
    }
    tell("selected", item?.dataset.id ?? "");
    if (!item) return;
    item.setAttribute("aria-current", "true");
    listed.reach(item);
    reason.value = kept.verdict(item)[1];
    scope.replaceChildren(...Object.entries(SCOPE_NAMES).map(([value, name]) => {
      const number = SCOPES[value](item).length;
      return Object.assign(document.createElement("option"), { value, textContent: value === "this" ? name : `${name} (${number})` });
    }));
    item.querySelector(".more").append(verdicts);
    verdicts.hidden = false;
    explain(item);
    announce(`${item.dataset.severity} ${item.dataset.check}, row ${item.dataset.row}: ${item.querySelector(".said").textContent}`);
    const own = [];
    for (const number of rowsOf(item)) {
      const row = page.row(number), marks = marksIn(row, item);
      page.unhide(page.get(number));
      dress(row);
      own.push(...marks);
    }
    for (const column of new Set(own.map((mark) => mark.closest("[data-v]").dataset.v)))
      if (root.classList.contains(`without-${column}`)) show(column, true);
    item.scrollIntoView({ block: "nearest" });
    if (!scroll) return place();
    const wanted = item.dataset.versions.split(" ").at(-1);
    const first = own.find((mark) => mark.matches("a") && mark.closest(`[data-v="${wanted}"]`)) ?? own[0];
    (first ?? page.row(item.dataset.row))?.scrollIntoView({ block: "center" });
    place();
  }

  function step(by) {
    if (varying) return varying.step(by);
    const at = shown.indexOf(active);
    const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1);
    if (shown[next]) follow(shown[next]);
  }

  // Filters: what is unticked, unlike the query, or of another version or status goes from list and text.
  function filter() {
    const ticked = (name) => new Set(all(`input[name=${name}]:checked`).map((box) => box.value));
    const severity = ticked("severity"), family = ticked("family"), version = ticked("version");
    const status = form.status.value, single = !one("input[name=version]");
    const query = form.search.value.trim().toLowerCase();
    paint(query);
    const lined = ordered(items, form.order?.value ?? "weight");
    shown = lined.filter((item) => {
      const { dataset } = item;
      const fits = severity.has(dataset.severity) && family.has(dataset.family)
        && (single || dataset.versions.split(" ").some((at) => version.has(at))) && (!status || status === dataset.status || (status === "decided" && dataset.status !== "open"))
        && (!query || wordsOf(item).includes(query));
      return fits;
    });
    listed.show(shown);
    seen = new Set(shown.map((item) => Number(item.dataset.at)));
    page.each(dress);
    const gone = stale(status === "stale");
    one(".findings .none").hidden = shown.length > 0 || gone > 0 || !items.length;
    one(".clear").hidden = !narrowed();
    one(".shown").textContent = status === "stale" ? gone : shown.length === items.length ? items.length : `${shown.length} of ${items.length}`;
    const only = one("input[name=marked]").checked, doubtful = one("input[name=doubtful]")?.checked;
    const kept = new Set(only || query ? shown.flatMap(rowsOf).map(Number) : []);
    page.hide((row) => (doubtful && !row.doubtful) || (!kept.has(row.number) && (only || (query !== "" && !page.low(row).includes(query)))));
    if (query) announce(rows.every(({ hidden }) => hidden) && !shown.length ? "nothing found" : `${shown.length} findings`);
    place();
    look();
  }

  /** Show, or not, the decisions whose words are gone; return how many there are. */
  function stale(visible) {
    if (model?.desk) {
      for (const old of all(".findings .gone")) old.remove();
      one(".findings").append(...model.desk.stale().map((textContent) => Object.assign(document.createElement("li"), { className: "nothing gone", textContent })));
    }
    const gone = all(".findings .gone");
    for (const line of gone) line.hidden = !visible;
    return gone.length;
  }

  // Filters, order and place are the page's address, so that a view can be sent to somebody.
  const GROUPS = ["severity", "family", "version"];
  const unticked = (name) => all(`input[name=${name}]:not(:checked)`).map((box) => box.value);
  function narrowed() {
    return GROUPS.some((name) => unticked(name).length) || Boolean(form.status.value || form.search.value)
      || one("input[name=marked]").checked || Boolean(one("input[name=doubtful]")?.checked);
  }
  function place() {
    if ((model && !model.page) || !started) return;
    const order = form.order?.value ?? "weight";
    const hash = address.write({
      place: active?.id ?? spot, order: order === "weight" ? "" : order, status: form.status.value, search: form.search.value,
      without: GROUPS.flatMap(unticked).join(","), rows: one("input[name=marked]").checked ? "marked" : one("input[name=doubtful]")?.checked ? "doubtful" : "",
    });
    if (hash !== location.hash && (hash !== "#" || location.hash)) history.replaceState(null, "", hash);
  }
  function arrive() {
    const said = address.read(location.hash), without = new Set((said.without ?? "").split(","));
    for (const name of GROUPS) for (const box of all(`input[name=${name}]`)) box.checked = !without.has(box.value);
    for (const name of ["status", "search", "order"])
      if (form[name]) form[name].value = said[name] ?? (name === "order" ? "weight" : "");
    for (const name of ["marked", "doubtful"]) { const box = one(`input[name=${name}]`); if (box) box.checked = said.rows === name; }
    filter();
    const item = items.find(({ id }) => id === said.place);
    if (item !== active) follow(item ?? null);
    if (!item && said.place.startsWith("row-")) go(said.place);
  }
  /** Go to a row by its anchor, `row-12`. */
  function go(anchor) {
    const number = anchor.slice("row-".length), row = page.row(number);
    if (!row) return;
    for (const other of all(".row.there")) other.classList.remove("there");
    page.unhide(page.get(number));
    row.classList.add("there");
    row.scrollIntoView();
    spot = anchor;
    place();
  }
  /** Go to the next row, or by -1 to the one before, whose alignment is in doubt. */
  function doubt(by) {
    const doubtful = rows.filter((row) => row.doubtful).map(({ number }) => number);
    const now = Number(spot.slice("row-".length) || (by > 0 ? 0 : Infinity));
    const next = by > 0 ? doubtful.find((number) => number > now) : doubtful.findLast((number) => number < now);
    if (next === undefined) return announce(doubtful.length ? "no other doubtful row" : "no row is doubtful");
    follow(null);
    go(`row-${next}`);
    announce(`row ${next}, the ${doubtful.indexOf(next) + 1} of ${doubtful.length} that are doubtful`);
  }
  /** Leave of a filter one value; of several filters each its own. */
  function only(values) {
    for (const [name, value] of Object.entries(values))
      for (const box of all(`input[name=${name}]`)) box.checked = box.value === String(value);
    filter();
  }
  function clear() {
    for (const box of all(GROUPS.map((name) => `input[name=${name}]`).join(","))) box.checked = true;
    for (const name of ["status", "search"]) form[name].value = "";
    for (const box of all("input[name=marked], input[name=doubtful]")) box.checked = false;
    filter();
  }
  function fold(away = !root.classList.contains("folded")) {
    root.classList.toggle("folded", away);
    one(".fold").setAttribute("aria-expanded", !away);
  }

  // What is searched for is painted in the rows that come into view, and so are word differences.
  const fresh = new Set(), ranges = { differs: new Set(), found: new Set(), chosen: new Set(), variant: new Set(), site: new Set() };
  let pair = null, sought = "";
  const watch = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting && fresh.delete(target)) paintRow(target);
  }, { rootMargin: "400px" });
  function paint(query = sought) {
    sought = query;
    for (const name of ["differs", "found", "variant"]) {
      for (const range of ranges[name]) painted[name]?.delete(range);
      ranges[name].clear();
    }
    watch.disconnect();
    fresh.clear();
    if (painting()) page.each((row) => { fresh.add(row), watch.observe(row); });
  }
  const painting = () => Boolean(pair || varying || sought.length > 1);
  function add(name, range) {
    painted[name]?.add(range);
    ranges[name].add(range);
  }
  function paintRow(row) {
    const words = (column) => row.querySelector(`.cell[data-v="${column}"]:not(.gap)`);
    if (sought.length > 1)
      for (const cell of row.querySelectorAll(".cell")) {
        const { text, range } = textOf(cell), words = text.toLowerCase();
        for (let at = words.indexOf(sought); at >= 0; at = words.indexOf(sought, at + sought.length))
          add("found", range(at, at + sought.length));
      }
    if (varying)
      for (const site of varying.of.get(Number(row.id.slice("row-".length))) ?? []) if (site.grave) paintSite(row, site, "variant");
    if (!pair) return;
    // A word is painted where another of the versions that are compared does not have it.
    const sides = pair.map(words).filter(Boolean).map((cell) => ({ ...textOf(cell), only: new Set() }));
    for (const side of sides) side.cut = tokens(side.text);
    sides.forEach((one, at) => sides.slice(at + 1).forEach((other) => {
      const found = differ(...[one, other].map(({ cut }) => cut.map(([token]) => token)));
      [one, other].forEach(({ only }, side) => found[side].forEach((word) => only.add(word)));
    }));
    for (const { cut, only, range } of sides)
      for (const word of only) {
        if (only.has(word - 1)) continue;
        let last = word;
        while (only.has(last + 1)) last++;
        add("differs", range(cut[word][1], cut[last][2]));
      }
  }

  // Variants: a list in the place of the findings', the grave ones marked in the text.
  const theirs = one(".sites");
  let varying = null, view_ = null;
  async function vary(open = theirs.hidden) {
    if (!theirs) return;
    if (open && !view_) {
      const sites = one("script.variants") ? JSON.parse(one("script.variants").textContent) : await model.desk.variants();
      const of = new Map();
      for (const site of sites) of.set(site.row, [...of.get(site.row) ?? [], site]);
      view_ = { of, ...variants({ box: theirs, sites, ids: all(".head").map(({ dataset }) => dataset.id), list, chosen: lead }) };
    }
    theirs.hidden = !open;
    one(".list").hidden = open;
    varying = open ? view_ : null;
    if (open) fold(false), follow(null), view_.filter();
    else lead(null);
    paint();
    announce(open ? one(".sites h2").textContent : "Findings");
  }
  /** Show a site's readings in the text. */
  function lead(site) {
    for (const range of ranges.site) painted.site?.delete(range);
    ranges.site.clear();
    if (!site) return;
    go(`row-${site.row}`);
    page.row(site.row).scrollIntoView({ block: "center" });
    paintSite(page.row(site.row), site, "site");
    announce(`${site.kind}, row ${site.row}: ${site.readings.map(({ text }) => text || "nothing").join(" or ")}`);
  }
  function paintSite(row, { readings }, name) {
    for (const { at } of readings)
      for (const [column, [start, end]] of Object.entries(at)) {
        const cell = row.querySelector(`.cell[data-v="${column}"]:not(.gap)`);
        if (!cell || start === end) continue;
        const edges = stops(cell), { range } = textOf(cell);
        if (edges[end] !== undefined) add(name, range(edges[start], edges[end]));
      }
  }

  // Columns come and go; those that do not fit stay away at first.
  function show(column, visible) {
    root.classList.toggle(`without-${column}`, !visible);
    one(`.toggle[data-column="${column}"]`).setAttribute("aria-pressed", visible);
    laid.lay();
    look();
  }

  const laid = columns({ root, ids: all(".head").map(({ dataset }) => dataset.id) });
  on(one(".columns"), "click", ({ target }) => {
    const button = target.closest("[data-act]");
    if (button) announce(laid.act(button.dataset.act, button.closest("[data-of]")?.dataset.of)), look();
  });

  // The strip shows which part of the document is on the screen.
  const view = one(".strip .view");
  function look() {
    listed.look(), varying?.look();
    if (!rows.length || !one(".strip svg")?.getBoundingClientRect().height) return;
    const from = page.above(0), to = page.above(innerHeight);
    view.style.top = `${100 * from}%`;
    view.style.height = `${Math.max(100 * (to - from), 0.6)}%`;
  }
  let waiting = 0;
  const soon = () => { waiting ||= requestAnimationFrame(() => { waiting = 0; look(); }); };

  // An editor's words on findings, kept where they can be (`keeper`).
  const reason = document.createElement("input");
  Object.assign(reason, { name: "reason", placeholder: "reason", ariaLabel: "Reason", autocomplete: "off", maxLength: 2000 });
  const verdicts = one(".verdicts"), scope = document.createElement("select");
  Object.assign(scope, { name: "scope", ariaLabel: "Which findings to decide" });
  verdicts.append(reason, scope);
  for (const item of items) item.dataset.was = item.dataset.status;
  const kept = keeper({ model, signature: one(".signature")?.textContent ?? "", changed: () => judge() });
  function tell(name, value) {
    if (model && model.get(name) !== value) model.set(name, value), model.save_changes();
  }
  /** The findings that a decision is on, by what the card's choice says. */
  const SCOPES = {
    this: (item) => [item],
    alike: ({ dataset }) => items.filter((other) => ["check", "quote"].every((name) => other.dataset[name] === dataset[name])),
    check: ({ dataset }) => items.filter((other) => other.dataset.check === dataset.check),
    list: () => shown,
  };
  const SCOPE_NAMES = { this: "this one", alike: "all alike", check: "all of this check", list: "all in the list" };
  function decide(item, verdict) {
    if (!item) return;
    const several = SCOPES[scope.value || "this"](item), at = shown.indexOf(item);
    const next = verdict === "open" || (model && !model.page) ? item : shown.slice(at + 1).find((other) => !several.includes(other)) ?? item;
    kept.put(several, verdict, verdict === "open" ? "" : reason.value.trim());
    announce(`${several.length > 1 ? `${several.length} findings` : item.dataset.check} ${verdict}`);
    if (next !== item) follow(next);
  }
  function judge() {
    for (const item of items) {
      const [verdict, why] = kept.verdict(item);
      item.dataset.why = why;
      if (verdict === item.dataset.status) continue;
      for (const name of ["open", "accepted", "dismissed", "fixed"]) item.classList.toggle(name, name === verdict);
      item.dataset.status = verdict;
      item.querySelector(".status").textContent = verdict === "open" ? "" : verdict;
    }
    page.each(dress);
    const button = one(".decided"), number = kept.lines().length;
    button.hidden = !number;
    button.textContent = `${number} decided${kept.unsaved() ? " · take them" : ""}`;
    if (form.status.value || form.order?.value === "status") filter();
  }
  function hand() {
    one(".decisions textarea").value = kept.table();
    one(".decisions").showModal();
    one(".decisions textarea").select();
  }
  async function take(how) {
    const text = kept.table();
    if (how === "download") {
      const link = Object.assign(document.createElement("a"), { download: "decisions.tsv", href: URL.createObjectURL(new Blob([text], { type: "text/tab-separated-values" })) });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    } else {
      one(".decisions textarea").select();
      try { await navigator.clipboard.writeText(text); } catch { document.execCommand("copy"); }
    }
    kept.handed();
    announce(how === "download" ? "decisions.tsv downloaded" : "copied");
  }
  const low = new Map();
  /** What a search looks for in a finding. */
  function wordsOf(item) {
    if (!low.has(item)) low.set(item, `${item.textContent} ${item.dataset.quote}`.toLowerCase());
    return low.get(item);
  }
  function announce(words) { one(".told").textContent = words; }

  // What a check looks for stands once on the page; the card that is open shows it.
  function explain(item) {
    const text = one(`[data-check-text="${CSS.escape(item.dataset.check)}"]`), place = item.querySelector(".more");
    if (text && !place.querySelector("details")) {
      const box = document.createElement("details");
      box.append(Object.assign(document.createElement("summary"), { textContent: "What this check looks for" }), text.cloneNode(true));
      box.lastChild.removeAttribute("data-check-text");
      verdicts.before(box);
    }
  }

  // The desk alone: other words for a revised version's reading, put into its file.
  async function edit(cell) {
    const column = cell?.dataset.v, row = Number(cell?.closest(".row")?.id.slice("row-".length));
    const version = one(`.head[data-v="${column}"]`)?.dataset.id;
    const box = one(".reading");
    if (!model?.desk || !one(`.head[data-v="${column}"][data-revised]`)) return;
    const { text, conflict } = await model.desk.cell(version, row);
    if (conflict) return announce(conflict);
    const field = box.querySelector("textarea"), trouble = box.querySelector(".trouble");
    field.value = text;
    trouble.textContent = "";
    box.querySelector(".which").textContent = `${version}, row ${row}`;
    box.showModal();
    box.querySelector("[value=save]").onclick = async (event) => {
      event.preventDefault();
      const answer = field.value === text ? {} : await model.desk.act("edit", { version, row, old: text, new: field.value });
      if (answer.conflict) trouble.textContent = answer.conflict;
      else box.close(), announce(`${version}, row ${row} saved`);
    };
  }

  // Correcting the rows, only in the widget: a click chooses a sentence, the model gets what to do with it.
  function choose(event) {
    const cell = event.target.closest(".row[id] .cell:not(.gap)");
    if (!cell) return;
    const point = document.caretPositionFromPoint?.(event.clientX, event.clientY);
    const [node, at] = point ? [point.offsetNode, point.offset] : [getSelection().anchorNode, getSelection().anchorOffset];
    const before = document.createRange();
    before.setStart(cell, 0);
    if (cell.contains(node)) before.setEnd(node, at);
    const shown = before.toString().length, offset = stops(cell).findLastIndex((stop) => stop <= shown);
    const column = Number(cell.dataset.v), row = Number(cell.closest(".row").id.slice("row-".length));
    const sentence = model.get("sentences")[column].findLastIndex(([of, start]) => of === row && start <= offset);
    past.chosen = sentence < 0 ? null : { column, sentence };
    choice();
  }
  function choice() {
    for (const range of ranges.chosen) painted.chosen?.delete(range);
    ranges.chosen.clear();
    for (const button of all(".mends button")) button.disabled = !past.chosen && button.value !== "undo";
    if (!past.chosen) return;
    const { column, sentence } = past.chosen, sentences = model.get("sentences")[column];
    const [row, start] = sentences[sentence], [next, end] = sentences[sentence + 1] ?? [];
    const cell = page.row(row).querySelector(`.cell[data-v="${column}"]`), at = stops(cell), { text, range } = textOf(cell);
    const words = text.slice(at[start], at[next === row ? end : at.length - 1]).trimEnd();
    add("chosen", range(at[start], at[start] + words.length));
    return cell;
  }
  function mend(how) {
    if (past.chosen || how === "undo") model.send({ mend: how, ...past.chosen });
  }

  const keys = {
    ...(model && Object.fromEntries(MENDS.map(([name, key]) => [key, () => mend(name)]))),
    t: () => doubt(1), T: () => doubt(-1),
    j: () => step(1), k: () => step(-1), n: () => step(1), p: () => step(-1), v: () => vary(),
    "/": () => form.search.focus(),
    r: () => one("input[name=marked]").click(),
    a: () => decide(active, "accepted"), d: () => decide(active, "dismissed"),
    f: () => decide(active, "fixed"), u: () => decide(active, "open"),
    o: () => kept.undo(), O: () => kept.redo(),
    e: () => edit(active && rowsOf(active).flatMap((row) => marksIn(page.row(row), active)).map((mark) => mark.closest(".cell")).find((cell) => one(`.head[data-v="${cell.dataset.v}"][data-revised]`))),
    Escape: () => { follow(null), varying?.follow(null); },
  };
  on(el, "keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
    const act = keys[event.altKey ? `Alt+${event.key}` : event.key];
    if (typing && event.key === "Escape") {
      if (event.target === form.search) form.search.value = "", filter();
      event.target.blur();
    } else if (!typing && !event.ctrlKey && !event.metaKey && act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    } else if (event.target === form.search && event.key === "Enter") event.preventDefault(), step(1);
  });
  on(root, "click", (event) => {
    const { target } = event;
    const verdict = target.closest("[data-verdict]"), mark = target.closest("a.m"), item = target.closest(".finding:not(.site)");
    const site = target.closest(".site");
    const toggle = target.closest(".toggle");
    const narrow = target.closest("[data-only]"), taking = target.closest("[data-take]");
    const doubts = target.closest("[data-doubt]");
    if (target.closest("[data-view]")) vary();
    else if (site) { event.preventDefault(); if (getSelection().isCollapsed) varying?.follow(site.site); }
    else if (target.closest(".decided")) hand();
    else if (doubts) doubt(Number(doubts.dataset.doubt));
    else if (taking) take(taking.dataset.take);
    else if (narrow) event.preventDefault(), only(JSON.parse(narrow.dataset.only));
    else if (target.closest(".clear")) clear();
    else if (target.closest(".fold")) fold();
    else if (verdict) decide(item, verdict.dataset.verdict);
    else if (toggle) {
      show(toggle.dataset.column, toggle.getAttribute("aria-pressed") !== "true");
      laid.hide(all(".toggle[aria-pressed=false]").map(({ dataset }) => dataset.column));
    }
    else if (mark) {
      event.preventDefault();
      // Where several findings share the words, each click goes to the next.
      const own = finds(mark).map((at) => items[at]).filter((each) => seen.has(Number(each.dataset.at)));
      follow(own[(own.indexOf(active) + 1) % own.length] ?? null, { scroll: false });
    } else if (item && !target.closest(".proof a") && getSelection().isCollapsed) {
      if (target.closest("a")) event.preventDefault();
      follow(item);
    } else if (/^#row-/.test(target.closest("a[href]")?.getAttribute("href"))) {
      // A row that sleeps has no place yet to which the browser could go.
      event.preventDefault();
      go(target.closest("a").getAttribute("href").slice(1));
    } else if (model && target.closest('a[href^="#"]')) {
      // In a notebook the anchors of several readers would be one another's.
      event.preventDefault();
      const place = one(`[id="${CSS.escape(decodeURIComponent(target.closest("a").hash.slice(1)))}"]`);
      place?.scrollIntoView(), place?.focus();
    }
  });
  on(reason, "change", () => {
    if (active && active.dataset.status !== "open") kept.put([active], active.dataset.status, reason.value.trim());
  });
  on(reason, "keydown", (event) => {
    if (event.key === "Enter" && active) event.preventDefault(), reason.blur(), decide(active, active.dataset.status === "open" ? "dismissed" : active.dataset.status);
  });
  on(root, "dblclick", ({ target }) => edit(target.closest(".row[id] .cell:not(.gap)")));
  on(window, "hashchange", () => { if (!model || model.page) arrive(); });
  on(window, "beforeunload", (event) => {
    if (kept.unsaved()) event.preventDefault();
  });
  on(form, "submit", (event) => event.preventDefault());
  on(form, "input", filter);
  on(theirs, "input", () => varying?.filter());
  on(theirs, "submit", (event) => event.preventDefault());
  for (const box of all("input[name=marked], input[name=doubtful]")) on(box, "change", filter);
  on(one("select[name=differences]"), "change", (event) => {
    pair = event.target.value ? event.target.value.split(" ") : null;
    for (const column of pair ?? []) show(column, true);
    paint();
  });
  on(document, "scroll", soon, { capture: true, passive: true });
  on(window, "resize", soon);
  // A first search finds the words of all rows ready.
  const ready = (at) => { if (at < rows.length && !done.signal.aborted) page.low(rows[at]), (globalThis.requestIdleCallback ?? setTimeout)(() => ready(at + 100)); };
  if (rows.length > 1000) ready(0);
  on(window, "beforeprint", () => { page.wakeAll(), listed.all(); });

  const speech = translator({ root, books: BOOKS });
  const tongue = one("select[name=interface]");
  on(tongue, "change", () => speech.keep(tongue.value));
  tongue.value = speech.choose(speech.recall());

  laid.lay();
  const room = Math.max(2, Math.floor((one("main").clientWidth - 40) / 170));
  if (laid.away()) for (const column of laid.away()) { if (one(`.toggle[data-column="${Number(column)}"]`)) show(column, false); }
  else if (matchMedia("(min-width: 640px)").matches)
    for (const button of all(".toggle").slice(room)) show(button.dataset.column, false);
  if (!painted.differs) one("select[name=differences]")?.closest("label").remove();
  judge();
  if (matchMedia("(max-width: 1080px)").matches) fold(true);
  if (model) tools();
  const leave = model ? settle() : () => {};
  if (model) follow(items.find(({ dataset }) => dataset.id === model.get("selected") && dataset.id) ?? null, { scroll: !past });
  if (past?.typed && active) reason.value = past.typed;
  if (past?.stood) page.row(past.stood.id.slice("row-".length));
  started = true;
  if (!model || (model.page && !past.settled)) {
    arrive();
    // When all is loaded the browser goes to the address by itself: to the card in the list, which moves the text away.
    on(window, "load", () => { if (active) follow(active); });
  }
  if (past) past.settled = true;
  look();
  return () => { done.abort(); watch.disconnect(); speech.stop(); page.stop(); leave(); pair = null; paint(""); };

  /** Put the buttons that correct rows below the text. */
  function tools() {
    const bar = Object.assign(document.createElement("div"), { className: "bar mends" });
    bar.append("Click a sentence to correct its row: ");
    for (const [name, key, title] of MENDS) {
      const button = Object.assign(document.createElement("button"), { type: "button", value: name, textContent: name });
      button.title = `${title} (${key.replace("Arrow", "").toLowerCase()})`;
      bar.append(button);
    }
    one("main").append(bar);
    on(bar, "click", ({ target }) => target.value && mend(target.value));
    on(root, "click", choose);
  }

  /** Restore the widget to what it was before it was drawn again, and listen to its model; return what undoes that. */
  function settle() {
    const fields = all(".tools form :is(input, select), .bar :is(input, select)");
    const label = ({ name, type, value }) => (type === "checkbox" ? `${name} ${value}` : name);
    const state = ({ type }) => (type === "checkbox" ? "checked" : "value");
    for (const field of fields) if (past.fields.has(label(field))) field[state(field)] = past.fields.get(label(field));
    if (past.away) for (const { dataset } of all(".toggle")) show(dataset.column, !past.away.has(dataset.column));
    pair = one("select[name=differences]")?.value ? one("select[name=differences]").value.split(" ") : null;
    filter();
    root.scrollTop = past.top;
    choice()?.scrollIntoView({ block: "nearest" });

    const heard = {
      "change:decisions": () => { kept.heard(); judge(); },
      "change:selected": () => {
        const id = model.get("selected");
        if (id !== (active?.dataset.id ?? "")) follow(items.find(({ dataset }) => dataset.id === id) ?? null);
      },
    };
    for (const [event, act] of Object.entries(heard)) model.on(event, act);
    return () => {
      for (const [event, act] of Object.entries(heard)) model.off(event, act);
      for (const field of fields) past.fields.set(label(field), field[state(field)]);
      past.away = new Set(all(".toggle[aria-pressed=false]").map(({ dataset }) => dataset.column));
      past.top = root.scrollTop;
      past.typed = document.activeElement === reason ? reason.value : null;
      for (const range of ranges.chosen) painted.chosen?.delete(range);
    };
  }
}

export default { render };
