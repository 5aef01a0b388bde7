"use strict";
// Themes: the system's, until somebody chooses.
(() => {
  const root = document.documentElement;
  const button = document.querySelector(".theme");
  const kept = (() => { try { return localStorage.getItem("crenel-theme"); } catch { return null; } })();
  if (kept) root.dataset.theme = kept;
  button?.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("crenel-theme", root.dataset.theme); } catch { /* a page without a memory still changes */ }
  });
})();

// Search: every word somewhere in a pattern's text.
(() => {
  const field = document.querySelector("input[type=search]");
  if (!field) return;
  const cards = [...document.querySelectorAll(".cards li")];
  const told = document.querySelector(".found");
  const search = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const card of cards) {
      card.hidden = !words.every((word) => card.dataset.text.includes(word));
      if (!card.hidden) ++found;
    }
    told.textContent = words.length === 0 ? "" : found === 1 ? "1 pattern" : `${found} patterns`;
  };
  field.addEventListener("input", search);
  search();
})();

// The picture: an end that is chosen, with what it reaches and what reaches it.
(() => {
  const picture = document.querySelector(".picture");
  if (!picture) return;
  const nodes = [...picture.querySelectorAll(".node")].filter((node) => !node.id.startsWith("anchor_"));
  const edges = [...picture.querySelectorAll(".edge")];
  const rows = [...document.querySelectorAll("tr[data-from]")];
  const told = document.querySelector(".chosen-text");
  const name = (id) => picture.querySelector(`#${CSS.escape(id)} text`)?.textContent ?? id;
  const end = (edge, side) => [...edge.classList].find((word) => word.startsWith(`${side}-`))?.slice(side.length + 1);
  let chosen = null;
  const show = () => {
    picture.classList.toggle("chosen", chosen !== null);
    const lit = new Set([chosen]);
    const reaches = new Set(), reached = new Set();
    for (const edge of edges) {
      const from = end(edge, "from"), to = end(edge, "to");
      const touches = chosen !== null && (from === chosen || to === chosen);
      edge.classList.toggle("lit", touches);
      if (!touches) continue;
      lit.add(from).add(to);
      if (edge.classList.contains("link")) continue;
      if (from === chosen) reaches.add(name(to));
      if (to === chosen) reached.add(name(from));
    }
    for (const node of nodes) {
      node.classList.toggle("lit", lit.has(node.id));
      node.classList.toggle("picked", node.id === chosen);
      node.setAttribute("aria-pressed", String(node.id === chosen));
    }
    for (const row of rows) row.classList.toggle("lit", chosen !== null && [row.dataset.from, row.dataset.to].includes(chosen));
    const list = (set) => (set.size === 0 ? "nothing" : [...set].join(", "));
    told.textContent = chosen === null ? "Choose an end to see what it reaches." :
      `${name(chosen)} reaches ${list(reaches)}; it is reached by ${list(reached)}.`;
  };
  const choose = (id) => { chosen = chosen === id ? null : id; show(); };
  for (const node of nodes) {
    node.setAttribute("tabindex", "0");
    node.setAttribute("role", "button");
    const title = node.querySelector("title");
    if (title) title.textContent = name(node.id);
    node.addEventListener("click", () => choose(node.id));
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(node.id);
    });
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { chosen = null; show(); } });
  show();
})();
