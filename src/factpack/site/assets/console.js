(async () => {
  "use strict";
  const READ = 20000, SHOWN = 500;
  const form = document.getElementById("ask"), words = document.getElementById("sql");
  const said = document.getElementById("said"), result = document.getElementById("result");
  const save = document.getElementById("save");
  const folders = JSON.parse(form.dataset.folders);
  const say = (text, wrong = false) => {
    said.textContent = text;
    said.classList.toggle("wrong", wrong);
  };
  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  let database, pages, last;
  const opened = (async () => {
    const [program, data] = await Promise.all([inlined("program"), inlined("database")]);
    const SQL = await initSqlJs({ wasmBinary: program });
    database = new SQL.Database(data);
    pages = new Map();
    for (const [id, table] of database.exec("SELECT record_id, record_type FROM records")[0]?.values ?? [])
      pages.set(id, pageOf(folders[table] ?? "records", id));
  })();

  const read = (sql) => {
    let columns = [], rows = [], whole = true;
    for (const statement of database.iterateStatements(sql)) {
      columns = statement.getColumnNames();
      rows = [];
      whole = true;
      while (statement.step()) {
        if (rows.length === READ) { whole = false; break; }
        rows.push(statement.get(null, { useBigInt: true }));
      }
    }
    return { columns, rows, whole };
  };
  const plain = (value) => (value instanceof Uint8Array ? `${value.length} bytes` : String(value));
  const cell = (value) => {
    const made = element("td");
    if (value === null) made.append(element("i", "null", "soft"));
    else if (typeof value === "bigint" || typeof value === "number") {
      made.className = "num";
      made.textContent = plain(value);
    } else if (pages.has(value)) {
      const link = element("a", value);
      link.href = pages.get(value);
      made.append(link);
    } else made.append(element("bdi", plain(value)));
    return made;
  };
  const table = ({ columns, rows }) => {
    const made = element("table"), head = made.createTHead().insertRow(), body = made.createTBody();
    for (const column of columns) {
      const title = element("th", column);
      title.scope = "col";
      head.append(title);
    }
    for (const row of rows.slice(0, SHOWN)) body.insertRow().append(...row.map(cell));
    return made;
  };
  const counted = ({ columns, rows, whole }, time) => {
    if (!columns.length) return "Done; there is nothing to show.";
    const n = rows.length.toLocaleString("en");
    const all = whole ? `${n} ${rows.length === 1 ? "row" : "rows"}` : `More than ${n} rows: the first ${n} were read`;
    return `${all}${rows.length > SHOWN ? `; ${SHOWN} are shown, the CSV file has what was read` : ""}. ${time} ms.`;
  };

  const run = async () => {
    if (!words.value.trim()) return;
    result.replaceChildren();
    result.hidden = save.disabled = true;
    try {
      await opened;
      const start = performance.now();
      last = read(words.value);
      say(counted(last, Math.max(1, Math.round(performance.now() - start))));
    } catch (error) {
      say(`It does not work: ${error.message ?? error}`, true);
      return;
    }
    if (!last.columns.length) return;
    result.append(table(last));
    result.hidden = save.disabled = false;
  };
  // A spreadsheet takes text that begins like this for a formula; an apostrophe makes it text.
  const safe = (value) => {
    if (value === null) return "";
    const text = plain(value);
    const tame = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
  };
  save.addEventListener("click", () => {
    const lines = [last.columns, ...last.rows].map((row) => `${row.map(safe).join(",")}\n`);
    const link = element("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", ...lines], { type: "text/csv" }));
    link.download = "result.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  for (const asked of document.querySelectorAll(".asked li")) {
    const question = asked.querySelector("p"), button = element("button", question.textContent);
    button.type = "button";
    question.replaceChildren(button);
    button.addEventListener("click", () => {
      words.value = asked.querySelector("pre").textContent;
      form.scrollIntoView({ block: "nearest" });
      run();
    });
  }
  form.hidden = false;
  try {
    await opened;
    if (!said.textContent) say("Ready.");
    document.documentElement.dataset.ready = "";
  } catch (error) {
    say(`The database cannot be opened: ${error.message ?? error}`, true);
  }
})();
