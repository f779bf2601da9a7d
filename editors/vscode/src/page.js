// The HTML of the preview: one chart that scrolls to a box, or one message. No network, no file.

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-NONCE'; img-src data:";

function pageOf({ svg, box, note }) {
  const nonce = Array.from({ length: 24 }, () => Math.floor(Math.random() * 36).toString(36)).join("");
  const policy = POLICY.replace("NONCE", nonce);
  const body = note
    ? `<pre role="alert">${escaped(note)}</pre>`
    : inline(svg);
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Chart</title>
<style>
  body { margin: 0; padding: 0.5rem; background: #fff; color: #111; }
  svg { max-width: none; }
  pre { white-space: pre-wrap; font: 13px/1.5 monospace; }
  .here { outline: 3px solid #0072b2; outline-offset: 4px; }
</style></head><body>${body}
<script nonce="${nonce}">
  const box = document.getElementById(${JSON.stringify(box).replace(/</g, "\\u003c")});
  if (box) { box.classList.add("here"); box.scrollIntoView({ block: "center", inline: "center" }); }
</script></body></html>`;
}

// The SVG element alone, without the lines before it.
function inline(svg) {
  const start = svg.indexOf("<svg");
  return start < 0 ? "" : svg.slice(start);
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
}

module.exports = { pageOf };
