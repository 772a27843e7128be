// The desk's window: saves through its own server, hears what other windows and programs did, draws the page again.

/** Make the report inside `el` live, saved by the server that sent it. `start`: its page's number and sentences. */
function desk(el, start) {
  const heard = [];
  const kept = { html: null, sentences: start.sentences, selected: "", decisions: [] };
  let state = { mark: 0, page: start.page, findings: {}, busy: false, undo: 0, redo: 0, stale: [], trouble: "" };
  let sending = 0, lost = "";
  const fire = (name) => { for (const [event, act] of [...heard]) if (event === name) act(); };
  const ask = async (way, body) => {
    const options = body === undefined ? {} : { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
    const answer = await fetch(way, options);
    if (!answer.ok && answer.status !== 409 && answer.status !== 400 && answer.status !== 507) throw new Error(await answer.text());
    return answer.json();
  };
  const say = () => {
    const line = el.querySelector(".saved");
    if (!line) return;
    const text = lost || state.trouble || (sending ? "saving …" : state.busy ? `saved · ${state.doing || "checking"} …` : state.stale.length ? `saved · ${state.stale.length} stale` : "saved");
    if (line.textContent !== text) line.textContent = text;
    line.title = state.stale.join("\n");
    line.classList.toggle("bad", Boolean(lost || state.trouble));
  };
  async function take(next) {
    if (next.mark < state.mark) return;
    const newer = next.page > state.page, changed = next.mark !== state.mark;
    if (newer) {
      const page = await ask("/shown");
      next.page = page.page;
      Object.assign(kept, { html: page.html, sentences: page.sentences });
    }
    state = next;
    if (newer) fire("change:html");
    else if (changed) fire("change:decisions");
    say();
  }
  const model = {
    page: true,
    get: (name) => kept[name],
    set: (name, value) => { kept[name] = value; },
    save_changes() {},
    on: (event, act) => { heard.push([event, act]); },
    off: (event, act) => { const at = heard.findIndex(([e, a]) => e === event && a === act); if (at >= 0) heard.splice(at, 1); },
    send: ({ mend, ...where }) => model.desk.act(mend === "undo" ? "undo" : "mend", { mend, ...where }),
    desk: {
      findings: () => state.findings,
      stale: () => state.stale,
      variants: () => ask("/variants"),
      pending: () => sending > 0 || Boolean(lost),
      cell: (version, row) => ask(`/cell?version=${encodeURIComponent(version)}&row=${row}`),
      async act(way, body = {}) {
        sending++, say();
        try {
          const answer = await ask(`/do/${way}`, body);
          lost = answer.conflict ?? "";
          if (!answer.conflict) await take(answer);
          return answer;
        } catch (error) { lost = `not saved: ${error.message}`; return { conflict: lost }; }
        finally { sending--, say(); }
      },
    },
  };
  render({ model, el });
  const listen = async () => {
    try {
      const next = await ask("/state");
      if (lost.startsWith("the desk")) lost = "";
      if (!sending) await take(next);
    } catch { lost = "the desk does not answer; what was saved is safe"; }
    say();
    setTimeout(listen, 800);
  };
  listen();
}
