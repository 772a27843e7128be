// The text of a very long report, which its page holds compressed.

/** Give the blocks of rows in `root` their text back, before anything is made of them. */
export async function unpack(root) {
  const packed = root.querySelector("script.packed");
  const bytes = Uint8Array.from(atob(packed.textContent), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const sources = await new Response(stream).json();
  root.querySelectorAll(".block > noscript").forEach((block, at) => { block.textContent = sources[at]; });
  packed.remove();
}
