// The text as blocks of rows. In a long report a block sleeps, as the source of a <noscript>, until it comes near the
// screen, and again when it is far away; a page without script reads on.

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#34": '"', "#x27": "'" };

/** The rows of the report in `root`: { number, longest, doubtful, hidden, low }. `dress(row element)` is called for every row
 *  that wakes; `strip(block element)` when one falls asleep. */
export function text({ root, dress, strip }) {
  const rows = [], blocks = [], of = new Map();
  for (const node of root.querySelectorAll(".block")) {
    const source = node.querySelector("noscript")?.textContent ?? null, doubtful = new Set(node.dataset.doubtful.split(" ").map(Number));
    const block = { node, source, awake: source === null, rows: [] };
    blocks.push(block);
    node.dataset.longest.split(" ").forEach((longest, at) => {
      const number = Number(node.dataset.first) + at;
      const row = { number, longest: Number(longest), doubtful: doubtful.has(number), hidden: false, block, at };
      block.rows.push(row), rows.push(row), of.set(number, row);
    });
    if (!block.awake) node.replaceChildren(), rest(block);
  }
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) (isIntersecting ? wake : sleep)(blocks[target.dataset.at]);
  }, { root: root.classList.contains("inset") ? root : null, rootMargin: "1200px" });
  blocks.forEach((block, at) => { block.node.dataset.at = at; if (block.source !== null) near.observe(block.node); });

  /** Give a sleeping block the height that its rows will about have. */
  function rest({ node, rows }) {
    const there = rows.filter(({ hidden }) => !hidden);
    node.classList.add("asleep");
    node.style.setProperty("--r", there.length);
    node.style.setProperty("--c", there.reduce((sum, { longest }) => sum + longest, 0));
  }
  function wake(block) {
    if (block.awake) return;
    block.awake = true;
    block.node.innerHTML = block.source;
    block.node.classList.remove("asleep");
    block.rows.forEach((row, at) => { block.node.children[at].hidden = row.hidden; dress(block.node.children[at]); });
  }
  function sleep(block) {
    if (!block.awake || block.source === null) return;
    block.awake = false;
    strip(block.node);
    block.node.replaceChildren();
    rest(block);
  }
  /** The words of a row in small letters, for a search. */
  function low(row) {
    if (row.low !== undefined) return row.low;
    const { block } = row;
    if (block.source === null) return (row.low = block.node.children[row.at].textContent.toLowerCase());
    const sources = block.source.split('<div class="row"').slice(1);
    block.rows.forEach((each, at) => {
      const words = sources[at].slice(sources[at].indexOf(">") + 1).replace(/<[^>]*>/g, "");
      each.low = words.replace(/&([#\w]+);/g, (whole, name) => ENTITIES[name] ?? whole).toLowerCase();
    });
    return row.low;
  }
  return {
    rows, low,
    /** Return the element of a row by its number, awake; nothing where there is no such row. */
    row(number) {
      const row = of.get(Number(number));
      if (row) wake(row.block);
      return row && row.block.node.children[row.at];
    },
    /** Call `act` with every row element that is awake. */
    each(act) {
      for (const { awake, node } of blocks) if (awake) for (const row of node.children) act(row);
    },
    /** Hide the rows of which `test` is true. */
    hide(test) {
      for (const block of blocks) {
        let changed = false, none = true;
        for (const row of block.rows) {
          const hidden = Boolean(test(row));
          changed ||= hidden !== row.hidden, none &&= hidden;
          if (hidden !== row.hidden && block.awake) block.node.children[row.at].hidden = hidden;
          row.hidden = hidden;
        }
        block.node.hidden = none;
        if (changed && !block.awake) rest(block);
      }
    },
    unhide(row) {
      row.hidden = row.block.node.hidden = false;
      if (row.block.awake) row.block.node.children[row.at].hidden = false;
    },
    get: (number) => of.get(Number(number)),
    /** Return which share of the text, 0 to 1, lies above a height on the screen. */
    above(edge) {
      const there = blocks.filter(({ node }) => !node.hidden);
      let low = 0, high = there.length - 1;
      if (high < 0) return 0;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (there[middle].node.getBoundingClientRect().bottom > edge) high = middle;
        else low = middle + 1;
      }
      const { top, height } = there[low].node.getBoundingClientRect(), block = there[low];
      const within = Math.min(Math.max((edge - top) / (height || 1), 0), 1) * block.rows.length;
      return (rows.indexOf(block.rows[0]) + within) / rows.length;
    },
    wakeAll() { near.disconnect(); blocks.forEach(wake); },
    stop() { near.disconnect(); },
  };
}
