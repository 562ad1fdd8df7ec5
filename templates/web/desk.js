/*
 * The reviewer's desk: which changes are shown, what is approved, and what is said of them. The
 * choice of ministries is part of the page's address; ticks and comments stay in the browser, and
 * leave it only in a file that the reader saves. What the page must have: see desk.html.j2.
 */
"use strict";

(() => {
  const form = document.querySelector("form[data-desk]");
  if (!form) return;
  const key = `kihonkeikaku desk ${form.dataset.desk}`;
  const parts = Object.fromEntries(
    [...document.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
  );
  const heading = parts.all.querySelector("h2");
  const entries = [...document.querySelectorAll("li.entry")];
  const verdicts = load();

  for (const entry of entries) {
    const { box, comment, verdict } = controls(entry);
    const said = verdicts[entry.id] ?? {};
    box.checked = said.approved === entry.dataset.fingerprint;
    entry.querySelector(".stale").hidden = !said.approved || box.checked;
    comment.value = said.comment ?? "";
    verdict.hidden = false;
    box.addEventListener("change", () => keep(entry));
    comment.addEventListener("input", () => keep(entry));
  }
  choose(new URLSearchParams(location.search).getAll("for"));
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", show);
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    choose([]);
    form.elements.open.checked = false;
    show();
  });
  for (const button of form.querySelectorAll("button[data-save]")) {
    button.addEventListener("click", () => save(button.dataset.save));
  }
  show();

  function controls(entry) {
    return {
      box: entry.querySelector(".verdict input"),
      comment: entry.querySelector(".verdict textarea"),
      verdict: entry.querySelector(".verdict"),
    };
  }

  function ministryBoxes() {
    return [...form.querySelectorAll('input[name="for"]')];
  }

  function choose(ids) {
    for (const box of ministryBoxes()) {
      box.checked = ids.includes(box.value);
    }
  }

  /* Shows the entries of the chosen ministries: those that they lead apart from the others. */
  function show() {
    const chosen = ministryBoxes().filter((box) => box.checked);
    const related = new Set(chosen.flatMap((box) => box.dataset.related.split(" ")));
    const concerns = (ids) => ids.split(" ").some((id) => related.has(id));
    for (const entry of entries) {
      const { ministries, leads } = entry.dataset;
      const isOpen = !controls(entry).box.checked;
      entry.hidden =
        (related.size > 0 && !concerns(ministries)) || (form.elements.open.checked && !isOpen);
      const part = related.size > 0 && concerns(leads) ? parts.leads : parts.all;
      part.querySelector("ol").append(entry);
    }
    for (const part of [parts.leads, parts.all]) {
      part.hidden = ![...part.querySelectorAll("li.entry")].some((entry) => !entry.hidden);
    }
    heading.textContent = related.size > 0 ? "そのほかに関わる変更" : "変更";
    count();
    storeInAddress(chosen.map((box) => box.value));
  }

  function shown() {
    return [...document.querySelectorAll("li.entry")].filter((entry) => !entry.hidden);
  }

  function count() {
    const approved = shown().filter((entry) => controls(entry).box.checked).length;
    const all = shown().length;
    form.querySelector('[role="status"]').textContent =
      all ? `${all} 件（了承 ${approved}、未了 ${all - approved}）` : "当てはまる変更はありません。";
  }

  function storeInAddress(ids) {
    const address = new URL(location.href);
    address.search = new URLSearchParams(ids.map((id) => ["for", id]));
    history.replaceState(null, "", address);
  }

  function keep(entry) {
    const { box, comment } = controls(entry);
    const said = {};
    if (box.checked) said.approved = entry.dataset.fingerprint;
    if (comment.value) said.comment = comment.value;
    if (Object.keys(said).length) verdicts[entry.id] = said;
    else delete verdicts[entry.id];
    entry.querySelector(".stale").hidden = true;
    try {
      localStorage.setItem(key, JSON.stringify(verdicts));
    } catch {
      form.querySelector("[data-storage]").hidden = false;
    }
    count();
  }

  function load() {
    try {
      const found = JSON.parse(localStorage.getItem(key) ?? "{}");
      return found && typeof found === "object" ? found : {};
    } catch {
      form.querySelector("[data-storage]").hidden = false;
      return {};
    }
  }

  function save(format) {
    const rows = shown().map(row);
    const content = format === "csv" ? csv(rows) : markdown(rows);
    const type = format === "csv" ? "text/csv" : "text/markdown";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
    link.download = `確認.${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  function row(entry) {
    const { box, comment } = controls(entry);
    const text = (selector) => entry.querySelector(selector)?.textContent ?? "";
    return {
      state: box.checked ? "approved" : "open",
      kind: text(".kind"),
      place: text(".where"),
      id: text("code"),
      ministries: text(".who"),
      text: [...entry.querySelectorAll(".text")].map(words).join(" "),
      comment: comment.value,
      anchor: `#${entry.id}`,
    };
  }

  /* Returns a redline in words: [-struck out-]{+inserted+}. */
  function words(element) {
    const copy = element.cloneNode(true);
    for (const unseen of copy.querySelectorAll(".unseen")) unseen.remove();
    for (const gone of copy.querySelectorAll("del")) gone.replaceWith(`[-${gone.textContent}-]`);
    for (const come of copy.querySelectorAll("ins")) come.replaceWith(`{+${come.textContent}+}`);
    return copy.textContent;
  }

  function csv(rows) {
    const names = ["state", "kind", "place", "id", "ministries", "text", "comment", "anchor"];
    const field = (value) => {
      const safe = /^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value; // no formula
      return `"${safe.replaceAll('"', '""')}"`;
    };
    const lines = rows.map((one) => names.map((name) => field(one[name])).join(","));
    return `\uFEFF${[names.join(","), ...lines].join("\r\n")}\r\n`;
  }

  function markdown(rows) {
    const plain = (text) => text.replaceAll(/[\\`*_{}[\]()#+.!|<>~@-]/g, "\\$&").replaceAll("\n", " ");
    const { title, against } = form.dataset;
    const items = rows.map(
      (one) =>
        `- [${one.state === "approved" ? "x" : " "}] **${one.kind}** ${plain(one.place)}` +
        `${one.id ? `（${one.id}）` : ""}：${plain(one.text)}` +
        `${one.ministries ? `\n  - 府省庁：${plain(one.ministries)}` : ""}` +
        `${one.comment ? `\n  - 意見：${plain(one.comment)}` : ""}`,
    );
    return `## 確認\n\n${plain(against)} → ${plain(title)}\n\n${items.join("\n")}\n`;
  }
})();
