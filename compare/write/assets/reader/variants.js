// The view of variants: where the versions differ, as a list beside the text; the readings of one under one another.

const made = (tag, textContent, more) => Object.assign(document.createElement(tag), { textContent, ...more });

/** Show `sites` ({ row, number, kind, grave, rank, checks, before, after, source, readings: [{ of, text, at, supported }] }) in
 *  `box`. `ids`: the versions' names. `chosen(site)` is called when one is chosen. */
export function variants({ box, sites, ids, list, chosen }) {
  const kinds = [...new Set(sites.map(({ kind }) => kind))].sort(), form = box.querySelector("form");
  const number = (kind) => sites.filter((site) => site.kind === kind).length;
  const pick = form.elements.kind, order = form.elements.sites, query = form.elements.words;
  pick.append(...kinds.map((kind) => made("option", `${kind} (${number(kind)})`, { value: kind })));
  const listed = list(box.querySelector("ol")), of = new Map(sites.map((site) => [site, null]));
  let active = null, shown = sites;

  function card(site) {
    const card = of.get(site) ?? made("li", "", { className: "finding site" });
    if (of.get(site)) return card;
    of.set(site, card);
    card.site = site;
    const what = made("p", "", { className: "what" });
    what.append(made("a", `${site.row}.${site.number}`, { className: "code", href: `#row-${site.row}` }), made("span", [...site.checks, site.kind].join(" · "), { className: "where" }));
    const said = made("p", "", { className: "said" });
    said.append(...site.readings.flatMap(({ text }, nth) => [nth ? " " : "", made("span", `${nth ? "| " : ""}${text || "—"}`)]));
    card.append(what, said);
    return card;
  }
  const near = (words, side) => (side < 0 ? words.trim().split(" ").slice(-2) : words.trim().split(" ").slice(0, 2)).join(" ");
  function open(card) {
    const { site } = card, table = made("table", "", { className: "readings" });
    for (const { of, text, supported } of site.readings) {
      const whose = made("th", of.map((at) => ids[at]).join(", "), { scope: "rowgroup", colSpan: 3 });
      if (supported) whose.append(" ", made("span", "as the source", { className: "supported" }));
      const body = table.createTBody();
      body.insertRow().append(whose);
      body.insertRow().append(made("td", near(site.before, -1), { className: "about" }), made("td", text || "—", { className: "words", dir: "auto" }), made("td", near(site.after, 1)));
    }
    card.querySelector(".more")?.remove();
    const more = made("div", "", { className: "more" });
    more.append(table);
    if (site.source) more.append(made("p", site.source, { className: "proof", dir: "auto" }));
    card.append(more);
  }
  function follow(site) {
    if (active) card(active).removeAttribute("aria-current"), card(active).querySelector(".more")?.remove();
    active = site;
    if (!site) return chosen(null);
    const own = card(site);
    listed.reach(own);
    own.setAttribute("aria-current", "true");
    open(own);
    chosen(site);
    own.scrollIntoView({ block: "nearest" });
  }
  function filter() {
    const words = query.value.trim().toLowerCase();
    shown = sites.filter(({ kind, readings }) => (!pick.value || pick.value === kind) && (!words || readings.some(({ text }) => text.toLowerCase().includes(words))));
    if (order.value === "weight") shown = [...shown].sort((a, b) => a.rank - b.rank);
    listed.show(shown.map(card));
    box.querySelector(".number").textContent = shown.length === sites.length ? sites.length : `${shown.length} of ${sites.length}`;
    box.querySelector(".none").hidden = shown.length > 0;
  }
  filter();
  return {
    filter, follow, look: listed.look,
    step(by) {
      const at = shown.indexOf(active), next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by];
      if (next) follow(next);
      return next;
    },
  };
}
