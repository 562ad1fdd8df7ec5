/*
 * The search page. Its texts come with it as a script (kihonkeikakuTexts), since a page opened from
 * disk may fetch nothing. MiniSearch finds candidates by pairs of characters, for want of spaces
 * between Japanese words; of these only what holds each word of the question as it was typed is a
 * hit. Without a hit, the nearest texts are shown, and the page says so.
 *
 * Texts of the plan go into the page as text (textContent), never as markup.
 */
"use strict";

(() => {
  const HITS_SHOWN = 50; // of each group, until the reader asks for more
  const EXCERPT_LENGTH = 160; // characters of a long text that are shown around a hit
  const EXCERPT_BEFORE = 30; // of these, characters before it
  const NEAREST_SHOWN = 10; // texts shown where none holds the question
  const TYPING_DELAY = 120; // milliseconds after the last key

  const GROUPS = [
    ["ministry", "府省庁"],
    ["measure", "取組"],
    ["heading", "見出し"],
    ["paragraph", "本文"],
  ];

  /* Words */

  /* Returns a text in one width, one case, and hiragana, of whatever variants of a character. */
  function fold(text) {
    return text
      .replace(/\p{Variation_Selector}/gu, "")
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
  }

  // A character with the marks that belong to it, those of half-width kana too.
  const CHARACTERS = /[^][\p{M}\uff9e\uff9f]*/gu;

  /* Folds character by character; place[i] is the index in the text of the i-th folded character. */
  function foldWithPositions(text) {
    let whole = "";
    const place = [];
    let at = 0;
    for (const [character] of text.matchAll(CHARACTERS)) {
      const folded = fold(character);
      for (let i = 0; i < folded.length; i += 1) place.push(at);
      whole += folded;
      at += character.length;
    }
    place.push(at);
    return { whole, place };
  }

  const RUNS = /[\p{L}\p{N}ー々]+/gu;

  /* Returns each pair of characters of a run, and its last one: words stand within words (GPT in ChatGPT). */
  function tokenize(text, ofQuestion) {
    return (text.match(RUNS) ?? []).flatMap((run) => {
      const characters = [...run];
      const pairs = characters.slice(1).map((character, i) => characters[i] + character);
      return ofQuestion && pairs.length ? pairs : [...pairs, characters.at(-1)];
    });
  }

  /* Returns the words of a question, between spaces. */
  function splitWords(question) {
    return [...new Set(fold(question).split(/\s+/).filter(Boolean))];
  }

  /* Finding */

  const { ministries } = kihonkeikakuTexts;
  const texts = kihonkeikakuTexts.texts.map(makeRecord);
  let index = null;

  /* duties: a measure's ministries, as pairs of a ministry's index and whether it leads. */
  function makeRecord([kind, path, place, text, duties = []], id) {
    // A ministry is found by its full name too; the list and the first texts are in the same order.
    const names = kind === "ministry" ? [ministries[id][1]] : duties.flatMap(([ministry]) => ministries[ministry]);
    return { id, kind, path, place, text, duties, names: names.join("\n") };
  }

  function searchIndex() {
    if (index === null) {
      index = new MiniSearch({
        fields: ["text", "names", "place"],
        extractField: (record, field) => (field === "id" ? record.id : fold(record[field])),
        tokenize: (text) => tokenize(text, false),
        processTerm: (term) => term,
        searchOptions: {
          tokenize: (text) => tokenize(text, true),
          // A single character finds what begins with it.
          prefix: (term) => [...term].length === 1,
          boost: { text: 2 },
        },
      });
      index.addAll(texts);
    }
    return index;
  }

  function hasWords({ text, names, place }, wanted) {
    const whole = fold(`${text}\n${names}\n${place}`);
    return wanted.every((word) => whole.includes(word));
  }

  /* Returns the texts with all words, the best first; if there are none, the nearest, with exact false. */
  function find(question) {
    const wanted = splitWords(question);
    const candidates = searchIndex().search(wanted.join(" "), { combineWith: "AND" });
    const found = candidates.map(({ id }) => texts[id]).filter((record) => hasWords(record, wanted));
    if (found.length) {
      // First texts with the words themselves, the best first; then, in order of print, those of ministries.
      const own = new Set(found.filter(({ text }) => wanted.every((word) => fold(text).includes(word))));
      const others = found.filter((record) => !own.has(record)).sort((one, other) => one.id - other.id);
      return { wanted, hits: [...own, ...others], exact: true };
    }
    const near = searchIndex().search(wanted.join(" "), { combineWith: "OR" });
    const enough = tokenize(wanted.join(" "), true).length / 2;
    const nearest = near.filter(({ queryTerms }) => queryTerms.length >= enough).slice(0, NEAREST_SHOWN);
    return { wanted: tokenize(wanted.join(" "), true), hits: nearest.map(({ id }) => texts[id]), exact: false };
  }

  /* Showing */

  const form = document.querySelector("form[data-search]");
  const input = form.elements.q;
  const status = document.querySelector("[data-search-status]");
  const results = document.querySelector("[data-search-results]");

  function element(name, ...children) {
    const node = document.createElement(name);
    node.append(...children);
    return node;
  }

  /* Returns the positions of words in a text: pairs of start and end, in order, without overlap. */
  function findWords(text, wanted) {
    const { whole, place } = foldWithPositions(text);
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

  /* Returns a text with the words marked; of a long one, the part around the first. */
  function markWords(text, wanted) {
    const found = findWords(text, wanted);
    let from = 0;
    let to = text.length;
    if (text.length > EXCERPT_LENGTH) {
      from = Math.max(0, Math.min((found[0]?.[0] ?? 0) - EXCERPT_BEFORE, text.length - EXCERPT_LENGTH));
      to = from + EXCERPT_LENGTH;
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

  /* Returns a measure's ministries as printed, with the full name if the question has it. */
  function listMinistries({ duties }, wanted) {
    const named = duties.map(([ministry, lead]) => {
      const [name, full] = ministries[ministry];
      const asked = wanted.some((word) => fold(full).includes(word) && !fold(name).includes(word));
      return (lead ? "◎" : "") + name + (asked ? `（${full}）` : "");
    });
    return named.join("、");
  }

  function renderHit(record, wanted) {
    const link = element("a", markWords(record.text, wanted));
    link.href = form.dataset.root + record.path;
    const node = element("li");
    if (record.place) {
      const place = element("span", markWords(record.place, wanted));
      place.className = "number";
      node.append(place);
    }
    node.append(link);
    const names = record.kind === "ministry" ? record.names : listMinistries(record, wanted);
    if (names) {
      const more = element("span", markWords(names, wanted));
      more.className = "more";
      node.append(more);
    }
    return node;
  }

  function renderGroup(kind, name, hits, wanted) {
    const list = element("ol", ...hits.slice(0, HITS_SHOWN).map((record) => renderHit(record, wanted)));
    list.className = "hits";
    const node = element("section", element("h2", `${name}　${hits.length} 件`), list);
    node.dataset.kind = kind;
    if (hits.length > HITS_SHOWN) {
      const button = element("button", `残りの ${hits.length - HITS_SHOWN} 件も表示する`);
      button.type = "button";
      button.addEventListener("click", () => {
        const rest = hits.slice(HITS_SHOWN).map((record) => renderHit(record, wanted));
        list.append(...rest);
        rest[0].querySelector("a").focus(); // the button that had the focus goes
        button.remove();
      });
      node.append(button);
    }
    return node;
  }

  function renderAnswer(question) {
    if (!splitWords(question).length) return { message: "", groups: [] };
    const { wanted, hits, exact } = find(question);
    const groups = GROUPS.flatMap(([kind, name]) => {
      const ofKind = hits.filter((record) => record.kind === kind);
      return ofKind.length ? [renderGroup(kind, name, ofKind, wanted)] : [];
    });
    if (exact) return { message: `「${question}」は ${hits.length} 件あります。`, groups };
    const nearest = hits.length ? "近いものを示します。" : "言葉を短くするか、別の言葉でお試しください。";
    return { message: `「${question}」はありません。${nearest}`, groups };
  }

  let lastQuestion = null;

  function showAnswer() {
    const question = input.value.trim();
    if (question === lastQuestion) return;
    lastQuestion = question;
    const { message, groups } = renderAnswer(question);
    status.textContent = message;
    results.replaceChildren(...groups);
    const address = new URL(location.href);
    address.search = question ? new URLSearchParams({ q: question }) : "";
    history.replaceState(null, "", address);
  }

  let timer = 0;
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(showAnswer, TYPING_DELAY);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(showAnswer, TYPING_DELAY);
  });
  input.addEventListener("focus", searchIndex, { once: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    showAnswer();
  });

  input.value = new URLSearchParams(location.search).get("q") ?? "";
  form.hidden = false;
  showAnswer();
})();
