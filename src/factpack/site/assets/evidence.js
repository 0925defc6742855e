(() => {
  "use strict";
  const marks = [...document.querySelectorAll("mark")];
  const cards = [...document.querySelectorAll(".cards li")];
  const inside = (ranges) => (ranges || "").split(" ").filter(Boolean).flatMap((range) => {
    const [first, last] = range.split("-").map(Number);
    return marks.slice(first, (last ?? first) + 1);
  });
  const holders = new Map();
  for (const card of cards) for (const mark of inside(card.dataset.q)) {
    if (!holders.has(mark)) holders.set(mark, []);
    holders.get(mark).push(card);
  }
  const clear = () => document.querySelectorAll(".on,.w").forEach((one) => one.classList.remove("on", "w"));
  const light = (card, line) => {
    clear();
    card.classList.add("on");
    inside(card.dataset.q).forEach((mark) => mark.classList.add("on"));
    const said = line ? [line] : card.querySelectorAll("[data-w]");
    for (const one of said) inside(one.dataset.w).forEach((mark) => mark.classList.add("w"));
  };
  const near = (element, box) => {
    const a = element.getBoundingClientRect(), b = box ? box.getBoundingClientRect() : { top: 0, bottom: innerHeight };
    if (a.top < b.top || a.bottom > b.bottom) element.scrollIntoView({ block: "center" });
  };
  const column = document.querySelector(".cards");
  const apart = matchMedia("(min-width: 62rem)");
  const from = (event) => {
    const card = event.target.closest(".cards li");
    const mark = event.target.closest("mark");
    const note = event.target.closest("sup a");
    if (card) {
      light(card, event.target.closest("[data-w]"));
      if (event.type === "focusin" && apart.matches && inside(card.dataset.q)[0]) near(inside(card.dataset.q)[0]);
    } else if (note || mark) {
      const of = note ? [document.querySelector(note.hash)] : holders.get(mark) || [];
      clear();
      for (const one of of) {
        one.classList.add("on");
        inside(one.dataset.q).forEach((other) => other.classList.add("on"));
      }
      if (of[0] && apart.matches) near(of[0], column);
    } else clear();
  };
  document.addEventListener("mouseover", from);
  document.addEventListener("focusin", from);
  document.addEventListener("keydown", (event) => event.key === "Escape" && clear());
})();
