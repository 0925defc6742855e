(async () => {
  "use strict";
  const SHOWN = 50, AROUND = 60;
  const form = document.getElementById("find"), input = document.getElementById("words");
  const said = document.getElementById("said"), list = document.getElementById("found");
  const APART = { đ: "d", ð: "d", ł: "l", ø: "o", ı: "i", ß: "ss", æ: "ae", œ: "oe", þ: "th" };
  // Without accents and case, in words; a script that does not part words is searched letter by letter.
  const bare = (text) =>
    text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[đðłøıßæœþ]/g, (letter) => APART[letter]);
  const fold = (text) =>
    ` ${bare(text).replace(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/gu, " $& ").replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;

  const { kinds, entries } = JSON.parse(new TextDecoder().decode(await inlined("index")));
  const index = entries.map(([kind, id, label, more]) => ({ kind, id, label, more, name: fold(`${label} ${id}`), rest: fold(more) }));

  const worth = (entry, words, whole) => {
    let sum = entry.name.startsWith(whole) ? 3 : 0;
    for (const word of words) {
      if (entry.name.includes(`${word} `)) sum += 4;
      else if (entry.name.includes(word)) sum += 3;
      else if (entry.rest.includes(`${word} `)) sum += 1.5;
      else if (entry.rest.includes(word)) sum += 1;
      else return 0;
    }
    return sum - Math.min(entry.name.length, 400) / 1000;
  };
  const search = (text) => {
    const whole = fold(text).trimEnd();
    const words = whole.split(" ").filter(Boolean).map((word) => ` ${word}`);
    if (!words.length) return { words, hits: [] };
    const hits = [];
    for (const entry of index) {
      const score = worth(entry, words, whole);
      if (score) hits.push({ entry, score });
    }
    hits.sort((a, b) => b.score - a.score || (a.entry.id < b.entry.id ? -1 : 1));
    return { words, hits };
  };

  // The words found, marked: compared word by word, so that folding need not keep lengths.
  const marked = (text, words) =>
    text.split(/([\p{L}\p{N}\p{M}]+)/u).map((piece, place) => {
      const folded = place % 2 ? fold(piece) : "";
      if (!folded || !words.some((word) => folded.includes(word))) return piece;
      const made = document.createElement("mark");
      made.textContent = piece;
      return made;
    });
  const excerpt = (text, words) => {
    const pieces = text.split(/([\p{L}\p{N}\p{M}]+)/u);
    let start = 0;
    for (const [place, piece] of pieces.entries()) {
      if (place % 2 && words.some((word) => fold(piece).includes(word))) break;
      start += piece.length;
    }
    if (start >= text.length) return "";
    const from = start > AROUND ? text.indexOf(" ", start - AROUND) + 1 : 0;
    const part = [...text.slice(Math.min(from, start), start + 3 * AROUND)].join("");
    return `${from ? "…" : ""}${part}${start + 3 * AROUND < text.length ? "…" : ""}`;
  };
  const shown = ({ entry }, words) => {
    const item = document.createElement("li"), link = document.createElement("a"), about = document.createElement("p");
    const [title, folder] = kinds[entry.kind];
    link.href = pageOf(folder, entry.id);
    link.dir = "auto";
    link.append(...marked(entry.label, words));
    const id = document.createElement("code");
    id.append(...marked(entry.id, words));
    about.append(title, " · ", id);
    item.append(link, about);
    const rest = excerpt(entry.more, words);
    if (rest) {
      const words_of = document.createElement("p"), apart = document.createElement("bdi");
      apart.append(...marked(rest, words));
      words_of.append(apart);
      item.append(words_of);
    }
    return item;
  };
  const run = () => {
    const { words, hits } = search(input.value);
    list.replaceChildren(...hits.slice(0, SHOWN).map((hit) => shown(hit, words)));
    const n = hits.length.toLocaleString("en");
    said.textContent = !words.length ? "" : !hits.length ? "Nothing found." : hits.length > SHOWN
      ? `${n} found; the best ${SHOWN} are shown.` : `${n} found.`;
    history.replaceState(null, "", input.value ? `#${encodeURIComponent(input.value)}` : location.pathname);
  };

  document.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")], place = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      input.value = "";
      run();
      input.focus();
    } else if (event.key === "ArrowDown" && (place >= 0 || document.activeElement === input)) {
      event.preventDefault();
      links[Math.min(place + 1, links.length - 1)]?.focus();
    } else if (event.key === "ArrowUp" && place >= 0) {
      event.preventDefault();
      (links[place - 1] ?? input).focus();
    }
  });
  input.addEventListener("input", run);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.focus();
  });
  form.hidden = false;
  if (location.hash) {
    try {
      input.value = decodeURIComponent(location.hash.slice(1));
    } catch {
      input.value = "";
    }
    run();
  }
  document.documentElement.dataset.ready = "";
})();
