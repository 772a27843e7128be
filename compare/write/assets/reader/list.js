// The list of findings: only those about the screen stand in the page, above and below them is room for the others.

const SPAN = 160, EDGE = 40;

/** Keep the list `node` (an <ol>) showing what `show` was given last; `look` after anything scrolled. */
export function list(node) {
  const spaces = ["before", "after"].map(() => Object.assign(document.createElement("li"), { className: "space", ariaHidden: "true" }));
  node.prepend(...spaces);
  let items = [], from = 0, line = 27;

  function lay(first) {
    from = Math.max(0, Math.min(first, items.length - SPAN));
    const wanted = items.slice(from, from + SPAN), stay = new Set(wanted);
    for (const item of [...node.querySelectorAll(":scope > .finding")]) if (!stay.has(item)) item.remove();
    let at = spaces[0];
    for (const item of wanted) {
      if (at.nextElementSibling !== item) at.after(item);
      at = item;
    }
    at.after(spaces[1]);
    const own = wanted.find((item) => !item.hasAttribute("aria-current"))?.offsetHeight;
    if (own) line = own;
    spaces[0].style.blockSize = `${from * line}px`;
    spaces[1].style.blockSize = `${(items.length - from - wanted.length) * line}px`;
  }
  return {
    show(next) { items = next; lay(Math.min(from, Math.max(0, next.length - SPAN))); },
    /** See to it that an item stands in the page. */
    reach(item) {
      const at = items.indexOf(item);
      if (at >= 0 && (at < from || at >= from + SPAN)) lay(at - (SPAN >> 1));
    },
    look() {
      if (items.length <= SPAN) return;
      const top = Math.max(0, node.getBoundingClientRect().top, node.parentElement.getBoundingClientRect().top);
      const at = Math.floor((top - spaces[0].getBoundingClientRect().top) / line);
      const begin = from ? from + EDGE : 0, end = from + SPAN < items.length ? from + SPAN - EDGE * 2 : items.length;
      if (at < begin || at > end) lay(at - (SPAN >> 1));
    },
    all() { node.append(...items.filter((item) => !item.isConnected)); },
  };
}
