"use strict";
// Words are named by their number: what is quoted is cut from the source file by the server, never from this page.
const $ = (id) => document.getElementById(id);
const text = $("text"), words = [...text.querySelectorAll("span")];
let first = -1, last = -1, anchor = -1, cursor = -1, asked = 0, typed = false;

async function ask(what, more) {
  const body = JSON.stringify({ first, last, table: $("table").value, sha256: text.dataset.sha256, ...more });
  const reply = await fetch(what, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  const found = await reply.json();
  if (!reply.ok) throw new Error(found.error);
  return found;
}

function say(...lines) {
  $("said").replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}

async function choose(from, to) {
  for (const word of words.slice(Math.max(first, 0), last + 1)) word.classList.remove("chosen");
  [first, last] = [from, to];
  for (const word of words.slice(first, last + 1)) word.classList.add("chosen");
  await preview();
}

async function preview() {
  const mine = ++asked;
  $("add").disabled = $("copy").disabled = true;
  if (first < 0) return;
  try {
    const found = await ask("skeleton", { id: typed ? $("id").value : "" });
    if (mine !== asked) return;
    $("chosen").textContent = found.words.map((one) => `“${one}”`).join(" ");
    $("yaml").textContent = found.yaml;
    if (!typed) $("id").value = found.id;
    $("add").disabled = $("copy").disabled = false;
    say();
  } catch (error) {
    if (mine === asked) { $("yaml").textContent = ""; say(error.message); }
  }
}

function fromPointer() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const inside = words.filter((word) => range.intersectsNode(word) && (() => {
    const own = document.createRange();
    own.selectNodeContents(word);
    return range.compareBoundaryPoints(Range.END_TO_START, own) < 0 && range.compareBoundaryPoints(Range.START_TO_END, own) > 0;
  })());
  if (!inside.length) return;
  const [from, to] = [+inside[0].dataset.n, +inside.at(-1).dataset.n];
  if (from === first && to === last) return; // a click elsewhere, such as on a button, leaves the selection
  [anchor, cursor] = [from, to];
  typed = false;
  choose(anchor, cursor);
}

function byKey(event) {
  const beside = (step) => {
    const at = words[cursor]?.parentElement;
    const next = step < 0 ? at?.previousElementSibling : at?.nextElementSibling;
    return next ? +next.firstElementChild.dataset.n : cursor;
  };
  const moves = { ArrowRight: () => cursor + 1, ArrowLeft: () => cursor - 1, ArrowDown: () => beside(1), ArrowUp: () => beside(-1) };
  if (event.key === "Enter" && first >= 0) { event.preventDefault(); $("table").focus(); return; }
  if (!(event.key in moves) || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  cursor = Math.min(Math.max(moves[event.key](), 0), words.length - 1);
  if (!event.shiftKey || anchor < 0) anchor = cursor;
  typed = false;
  words[cursor].scrollIntoView({ block: "nearest" });
  choose(Math.min(anchor, cursor), Math.max(anchor, cursor));
}

document.addEventListener("mouseup", () => setTimeout(fromPointer));
text.addEventListener("keydown", byKey);
$("table").addEventListener("change", () => { typed = false; preview(); });
$("id").addEventListener("input", () => { typed = true; preview(); });
$("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText($("yaml").textContent);
  say("Copied.");
});
$("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  if ($("add").disabled) return;
  $("add").disabled = true;
  try {
    const found = await ask("add", { id: $("id").value });
    words.forEach((word) => word.classList.remove("quoted"));
    found.quoted.forEach((number) => words[number].classList.add("quoted"));
    typed = false;
    getSelection().removeAllRanges();
    choose(-1, -1);
    say(found.said, ...found.findings);
    text.focus({ preventScroll: true });
  } catch (error) { say(error.message); }
});
