// Says the page's own words in another language; texts, findings and what people wrote keep theirs.

const KEPT = ".hexapla :is([lang], bdi, q, code, .code, kbd, style, script, textarea, pre)";
const SAID = ["title", "aria-label", "placeholder"];
const NUMBER = /\d+(?:[.,]\d+)*/g;

/** `books`: for each language the phrases by the English ones, with # for a number and * for words that are kept.
 *  Whatever the page says later is translated as it comes. */
export function translator({ root, books }) {
  const key = "hexapla interface";
  const english = new WeakMap(); // of each node and attribute what it says in English
  let book = null, patterns = [];
  const watch = new MutationObserver((changes) => changes.forEach(heard));

  function recall() {
    try { return localStorage.getItem(key) ?? navigator.language.split("-")[0]; } catch { return "en"; }
  }
  function choose(code) {
    watch.disconnect();
    const { phrases } = books[code] ?? {};
    book = phrases ?? null;
    patterns = Object.entries(phrases ?? {}).filter(([from]) => from.includes("*"))
      .map(([from, to]) => [new RegExp(`^${from.split("*").map(escaped).join("(.+)")}$`), to]);
    root.lang = book ? code : "en";
    walk(root);
    if (book) watch.observe(root, { subtree: true, childList: true, characterData: true, attributeFilter: SAID });
    return root.lang;
  }
  function keep(code) {
    try { localStorage.setItem(key, code); } catch { /* then it is so while the page is open */ }
    return choose(code);
  }

  /** Put a phrase into the language: whole, or by its parts. */
  function put(text) {
    const phrase = text.trim();
    if (!book || !phrase) return text;
    const numbers = phrase.match(NUMBER) ?? [];
    const said = spoken(phrase.replace(NUMBER, "#"));
    return said === null ? text : text.replace(phrase, () => said.replace(/#/g, () => numbers.shift() ?? ""));
  }
  function spoken(phrase) {
    if (phrase in book) return book[phrase];
    for (const [pattern, to] of patterns) {
      const found = phrase.match(pattern)?.slice(1);
      if (found) return to.replace(/\*/g, () => { const part = found.shift(); return spoken(part) ?? part; });
    }
    return null;
  }

  function walk(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.parentElement?.closest(KEPT) ? undefined : text(node);
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(KEPT)) return;
    for (const name of SAID) if (node.hasAttribute(name)) attribute(node, name);
    for (const child of node.childNodes) walk(child);
  }
  function text(node) {
    const told = english.get(node);
    if (told?.shown !== node.data) english.set(node, { said: node.data });
    const { said } = english.get(node), shown = put(said);
    english.get(node).shown = shown;
    if (node.data !== shown) node.data = shown;
  }
  function attribute(node, name) {
    if (!english.has(node)) english.set(node, {});
    const told = english.get(node), now = node.getAttribute(name);
    if (told[name]?.shown !== now) told[name] = { said: now };
    told[name].shown = put(told[name].said);
    if (now !== told[name].shown) node.setAttribute(name, told[name].shown);
  }
  function heard({ type, target, addedNodes, attributeName }) {
    if (type === "attributes") return target.closest(KEPT) ? undefined : attribute(target, attributeName);
    if (type === "characterData") return walk(target);
    for (const node of addedNodes) if (!node.parentElement?.closest(KEPT)) walk(node);
  }
  return { recall, choose, keep, stop: () => watch.disconnect() };
}

const escaped = (words) => words.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
