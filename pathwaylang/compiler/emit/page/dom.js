// Elements from plain calls. Text of the pathway reaches the page only as text nodes and attribute
// values, never as markup.

function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function byId(id) {
  return document.getElementById(id);
}

function icon(sign) {
  return h("span", { class: "icon", "aria-hidden": "true" }, sign);
}

// A part that folds; it stays open or closed when the answer is worked out anew.
const foldsOpen = new Map();

function fold(key, summary, content, isOpen = false) {
  const open = foldsOpen.has(key) ? foldsOpen.get(key) : isOpen;
  const details = h("details", { open, "data-fold": key }, h("summary", {}, summary));
  const fill = () => {
    if (details.childElementCount === 1) details.append(h("div", { class: "fold" }, content()));
  };
  if (open) fill();
  details.fill = fill;
  details.addEventListener("toggle", () => {
    foldsOpen.set(key, details.open);
    if (details.open) fill();
  });
  return details;
}

function list(items, attributes = {}) {
  return h("ul", attributes, items.map((item) => h("li", {}, item)));
}

// A list that shows its first entries and folds the rest.
function shortList(key, items, most, word) {
  if (items.length <= most + 1) return [list(items)];
  const rest = items.length - most;
  return [list(items.slice(0, most)), fold(key, `${rest} more ${word}`, () => list(items.slice(most)))];
}
