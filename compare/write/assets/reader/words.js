// Words of the page: cut, compared, found again on the screen.

// Highlights are shared by all readers in a document; without them (old browsers) nothing else is lost.
export const painted = {};
if (globalThis.Highlight && CSS.highlights) {
  for (const name of ["differs", "found", "chosen", "variant", "site"]) {
    painted[name] = new Highlight();
    CSS.highlights.set(`hexapla-${name}`, painted[name]);
  }
}

/** Cut a text into words and signs: [[token, start, end], …]. */
export function tokens(text) {
  const word = /[\p{L}\p{N}\p{M}]+(?:['’\-‑][\p{L}\p{N}\p{M}]+)*|[^\s\p{L}\p{N}]/gu;
  return [...text.matchAll(word)].map((m) => [m[0], m.index, m.index + m[0].length]);
}

/** Find by longest common subsequence what only one side has: two lists of indices. */
export function differ(a, b) {
  let head = 0, tail = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const n = a.length - head - tail, m = b.length - head - tail, width = m + 1;
  const onlyA = [], onlyB = [];
  if (n * m > 4e6) {
    for (let i = 0; i < n; i++) onlyA.push(head + i);
    for (let j = 0; j < m; j++) onlyB.push(head + j);
    return [onlyA, onlyB];
  }
  const best = new Uint16Array((n + 1) * width);
  for (let i = n - 1; i >= 0; i--)
    for (let j = m - 1; j >= 0; j--)
      best[i * width + j] = a[head + i] === b[head + j]
        ? best[(i + 1) * width + j + 1] + 1
        : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
  let i = 0, j = 0;
  while (i < n || j < m) {
    if (i < n && j < m && a[head + i] === b[head + j]) i++, j++;
    else if (j >= m || (i < n && best[(i + 1) * width + j] >= best[i * width + j + 1])) onlyA.push(head + i++);
    else onlyB.push(head + j++);
  }
  return [onlyA, onlyB];
}

/** A cell's text with a way back from its offsets to the nodes that hold them. */
export function textOf(cell) {
  const nodes = [], walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  let text = "";
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    nodes.push([text.length, node]);
    text += node.data;
  }
  // Static ranges cost nothing when the page changes, live ones are kept up to date.
  const range = (start, end) => {
    const [from, startContainer] = nodes.findLast(([at]) => at <= start);
    const [to, endContainer] = nodes.findLast(([at]) => at < end);
    return new StaticRange({ startContainer, startOffset: start - from, endContainer, endOffset: end - to });
  };
  return { text, range };
}

/** Where in a cell's shown text each character of the version begins; what hides is shown by a longer sign. */
export function stops(cell) {
  const found = [], walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.parentElement.matches(".hid")) found.push(at);
    else for (let inside = at, chars = [...node.data]; chars.length; inside += chars.shift().length) found.push(inside);
    at += node.length;
  }
  return [...found, at];
}
