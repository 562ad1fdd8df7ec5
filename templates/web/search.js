/*
 * The search page. Its texts come with it as a script (kihonkeikakuTexts), since a page opened from
 * disk may fetch nothing. MiniSearch finds candidates by pairs of characters, for want of spaces
 * between Japanese words; of these only what holds each word of the question as it was typed is a
 * hit. Where nothing does, what comes nearest is shown, and said to be no more than that.
 *
 * Texts of the plan go into the page as text (textContent), never as markup.
 */
"use strict";

(() => {
  const PAGEFUL = 50; // hits shown of each group until more are asked for
  const EXCERPT = 160; // characters of a long text that are shown around a hit
  const LEAD_IN = 30; // of these, characters before it
  const NEAREST = 10; // hits shown where none holds the question
  const PATIENCE = 120; // milliseconds after the last key, so that typing is not held up

  const GROUPS = [
    ["ministry", "府省庁"],
    ["measure", "取組"],
    ["heading", "見出し"],
    ["paragraph", "本文"],
  ];

  /* Words */

  /* One way to write what may be written in several: width, case, and kana of either kind. */
  function folded(text) {
    return text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
  }

  /* Folds character by character; place[i] is where the text has the i-th folded character. */
  function foldedWithPlaces(text) {
    let whole = "";
    const place = [];
    let at = 0;
    for (const character of text) {
      const fold = folded(character);
      for (let i = 0; i < fold.length; i += 1) place.push(at);
      whole += fold;
      at += character.length;
    }
    place.push(at);
    return { whole, place };
  }

  const RUNS = /[a-z0-9]+|[\p{L}\p{N}ー々]/gu;

  /* Latin words and numbers whole; of other writing each pair of neighbours, and the last alone. */
  function pieces(text, ofQuestion) {
    const found = [];
    let run = "";
    let end = -1;
    const finish = () => {
      const characters = [...run];
      for (let i = 0; i + 1 < characters.length; i += 1) found.push(characters[i] + characters[i + 1]);
      if (characters.length && !(ofQuestion && characters.length > 1)) found.push(characters.at(-1));
      run = "";
    };
    for (const { 0: piece, index } of text.matchAll(RUNS)) {
      if (index !== end || /[a-z0-9]/.test(piece)) finish();
      if (/[a-z0-9]/.test(piece)) found.push(piece);
      else run += piece;
      end = index + piece.length;
    }
    finish();
    return found;
  }

  /* The words of a question: between spaces, each to be found as it stands. */
  function words(question) {
    return [...new Set(folded(question).split(/\s+/).filter(Boolean))];
  }

  /* Finding */

  const { ministries } = kihonkeikakuTexts;
  const texts = kihonkeikakuTexts.texts.map(record);
  let index = null;

  /* duties: who does a measure, as pairs of a ministry's place in the list and whether it leads. */
  function record([kind, path, place, text, duties = []], id) {
    // A ministry is known by its full name as well; the list and the first texts are in one order.
    const names = kind === "ministry" ? [ministries[id][1]] : duties.flatMap(([ministry]) => ministries[ministry]);
    return { id, kind, path, place, text, duties, names: names.join("\n") };
  }

  function ready() {
    if (index === null) {
      index = new MiniSearch({
        fields: ["text", "names", "place"],
        extractField: (record, field) => (field === "id" ? record.id : folded(record[field])),
        tokenize: (text) => pieces(text, false),
        processTerm: (term) => term,
        searchOptions: {
          tokenize: (text) => pieces(text, true),
          // A single character or a Latin word finds what begins with it.
          prefix: (term) => term.length === 1 || /^[a-z0-9]/.test(term),
          boost: { text: 2 },
        },
      });
      index.addAll(texts);
    }
    return index;
  }

  function says({ text, names, place }, wanted) {
    const whole = folded(`${text}\n${names}\n${place}`);
    return wanted.every((word) => whole.includes(word));
  }

  /* Returns what holds all words, the best first; or else, with exact false, what comes nearest. */
  function find(question) {
    const wanted = words(question);
    const candidates = ready().search(wanted.join(" "), { combineWith: "AND" });
    const found = candidates.map(({ id }) => texts[id]).filter((record) => says(record, wanted));
    if (found.length) {
      // What says the words itself, the best first; then, in order of print, what ministries do.
      const own = new Set(found.filter(({ text }) => wanted.every((word) => folded(text).includes(word))));
      const others = found.filter((record) => !own.has(record)).sort((one, other) => one.id - other.id);
      return { wanted, hits: [...own, ...others], exact: true };
    }
    const near = ready().search(wanted.join(" "), { combineWith: "OR" });
    const enough = pieces(wanted.join(" "), true).length / 2;
    const nearest = near.filter(({ queryTerms }) => queryTerms.length >= enough).slice(0, NEAREST);
    return { wanted: pieces(wanted.join(" "), true), hits: nearest.map(({ id }) => texts[id]), exact: false };
  }

  /* Showing */

  const form = document.querySelector("form[data-search]");
  const input = form.elements.q;
  const status = document.querySelector("[data-search-status]");
  const results = document.querySelector("[data-search-results]");

  function element(name, ...children) {
    const made = document.createElement(name);
    made.append(...children);
    return made;
  }

  /* Where the words stand in a text, as pairs of start and end, in order, without overlap. */
  function places(text, wanted) {
    const { whole, place } = foldedWithPlaces(text);
    const found = [];
    for (const word of wanted) {
      for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + word.length)) {
        found.push([place[at], place[at + word.length]]);
      }
    }
    found.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
    const apart = [];
    for (const [start, end] of found) {
      const last = apart.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else apart.push([start, end]);
    }
    return apart;
  }

  /* A text with the words marked; of a long one, the part around the first. */
  function marked(text, wanted) {
    const found = places(text, wanted);
    let from = 0;
    let to = text.length;
    if (text.length > EXCERPT) {
      from = Math.max(0, Math.min((found[0]?.[0] ?? 0) - LEAD_IN, text.length - EXCERPT));
      to = from + EXCERPT;
    }
    const parts = document.createDocumentFragment();
    let at = from;
    if (from > 0) parts.append("…");
    for (const [start, end] of found) {
      if (start < at || start >= to) continue;
      parts.append(text.slice(at, start), element("mark", text.slice(start, Math.min(end, to))));
      at = Math.min(end, to);
    }
    parts.append(text.slice(at, to));
    if (to < text.length) parts.append("…");
    return parts;
  }

  /* Who does a measure, as printed; a full name is added where it is what was asked for. */
  function doers({ duties }, wanted) {
    const named = duties.map(([ministry, lead]) => {
      const [name, full] = ministries[ministry];
      const asked = wanted.some((word) => folded(full).includes(word) && !folded(name).includes(word));
      return (lead ? "◎" : "") + name + (asked ? `（${full}）` : "");
    });
    return named.join("、");
  }

  function hit(record, wanted) {
    const link = element("a", marked(record.text, wanted));
    link.href = form.dataset.root + record.path;
    const made = element("li");
    if (record.place) {
      const place = element("span", marked(record.place, wanted));
      place.className = "number";
      made.append(place);
    }
    made.append(link);
    const said = record.kind === "ministry" ? record.names : doers(record, wanted);
    if (said) {
      const more = element("span", marked(said, wanted));
      more.className = "more";
      made.append(more);
    }
    return made;
  }

  function group(kind, name, hits, wanted) {
    const list = element("ol", ...hits.slice(0, PAGEFUL).map((record) => hit(record, wanted)));
    list.className = "hits";
    const made = element("section", element("h2", `${name}　${hits.length} 件`), list);
    made.dataset.kind = kind;
    if (hits.length > PAGEFUL) {
      const button = element("button", `残りの ${hits.length - PAGEFUL} 件も表示する`);
      button.type = "button";
      button.addEventListener("click", () => {
        const rest = hits.slice(PAGEFUL).map((record) => hit(record, wanted));
        list.append(...rest);
        rest[0].querySelector("a").focus(); // the button that had the focus goes
        button.remove();
      });
      made.append(button);
    }
    return made;
  }

  function answer(question) {
    if (!words(question).length) return { said: "", shown: [] };
    const { wanted, hits, exact } = find(question);
    const shown = GROUPS.flatMap(([kind, name]) => {
      const those = hits.filter((record) => record.kind === kind);
      return those.length ? [group(kind, name, those, wanted)] : [];
    });
    if (exact) return { said: `「${question}」は ${hits.length} 件あります。`, shown };
    const nearest = hits.length ? "近いものを示します。" : "言葉を短くするか、別の言葉でお試しください。";
    return { said: `「${question}」はありません。${nearest}`, shown };
  }

  let answered = null;

  function ask() {
    const question = input.value.trim();
    if (question === answered) return;
    answered = question;
    const { said, shown } = answer(question);
    status.textContent = said;
    results.replaceChildren(...shown);
    const address = new URL(location.href);
    address.search = question ? new URLSearchParams({ q: question }) : "";
    history.replaceState(null, "", address);
  }

  let waiting = 0;
  input.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(ask, PATIENCE);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PATIENCE);
  });
  input.addEventListener("focus", ready, { once: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    ask();
  });

  input.value = new URLSearchParams(location.search).get("q") ?? "";
  form.hidden = false;
  ask();
})();
