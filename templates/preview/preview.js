/*
 * The preview's own script, which no edition has: loads the page again when the plan has changed,
 * shows what changed, and puts the findings over the page.
 */
"use strict";

(() => {
  const edition = document.currentScript.dataset.edition;
  const severities = { error: "誤り", warning: "注意", note: "参考" };
  const changedKey = "kihonkeikaku-preview-changed";
  const bar = makeElement("aside", { id: "preview--bar", ariaLabel: "プレビュー" });
  let events = null;
  document.body.prepend(bar);
  document.addEventListener("visibilitychange", listen);
  addEventListener("pageshow", listen);
  listen();

  /* Listens while the page can be seen: a browser keeps few connections open at once. */
  function listen() {
    events?.close();
    events = null;
    if (document.hidden) return;
    events = new EventSource("/preview/events");
    events.onmessage = ({ data }) => update(JSON.parse(data));
    events.onerror = () => showBar([makeElement("p", { textContent: "プレビューが止まっています。" })], true);
  }

  function update(state) {
    if (state.edition !== edition) {
      sessionStorage.setItem(changedKey, state.changed);
      location.reload();
      return;
    }
    document.querySelectorAll(".preview--finding").forEach((note) => note.remove());
    state.findings.forEach(showInPage);
    showBar([...makeLinks(state), ...makeSummary(state)], state.is_broken);
    scrollToChange();
  }

  /* Scrolls to what the new edition changed, if it is on this page. */
  function scrollToChange() {
    const changed = sessionStorage.getItem(changedKey);
    sessionStorage.removeItem(changedKey);
    const target = changed && document.getElementById(changed);
    if (!target) return;
    target.scrollIntoView({ block: "center" });
    target.classList.add("preview--changed");
  }

  function showBar(children, isBroken) {
    bar.classList.toggle("preview--broken", isBroken);
    bar.replaceChildren(...children);
  }

  function makeLinks({ edition: any, has_comparison: hasComparison }) {
    if (!any) return [];
    const links = [["/html/index.html", "全文"]];
    if (hasComparison) links.push(["/comparison/index.html", "新旧対照表"]);
    links.push(["/pdf/plan.pdf", "PDF"]);
    const nav = makeElement("nav", { ariaLabel: "プレビューの案内" });
    nav.append(
      ...links.map(([href, textContent]) => {
        const link = makeElement("a", { href, textContent });
        if (href === location.pathname) link.ariaCurrent = "page";
        if (href.endsWith(".pdf")) link.target = "_blank";
        return link;
      }),
    );
    return [nav];
  }

  function makeSummary({ summary, is_broken: isBroken, edition: any, findings }) {
    const kept = isBroken && any ? "ページは、誤りのない最後のものです。" : "";
    const line = makeElement("p", { textContent: summary + kept });
    if (findings.length === 0) return [line];
    const list = makeElement("ol");
    const errorsFirst = findings.toSorted((a, b) => (b.severity === "error") - (a.severity === "error"));
    list.append(...errorsFirst.map((finding) => describe(finding, "li")));
    const details = makeElement("details", { open: isBroken });
    const label = makeElement("summary", { textContent: line.textContent });
    details.append(label, list);
    return [details];
  }

  /* Puts a finding beside the measure or heading that it is about, if that is on this page. */
  function showInPage(finding) {
    if (!finding.anchor) return;
    const note = describe(finding, "aside");
    note.classList.add("preview--finding");
    const target = document.getElementById(finding.anchor);
    if (location.pathname === `/html/measures/${finding.anchor}.html`) {
      document.querySelector("main .printed")?.parentElement.append(note);
    } else if (target?.matches("li, section, div, td")) {
      target.append(note);
    } else {
      target?.after(note);
    }
  }

  function describe({ severity, place, link, message, hint, rule }, tag) {
    const item = makeElement(tag, { className: `preview--${severity}` });
    const where = link ? makeElement("a", { href: link, textContent: place }) : makeElement("span", { textContent: place });
    item.append(makeElement("b", { textContent: severities[severity] }), " ", where, ` ${message}${hint}（${rule}）`);
    return item;
  }

  function makeElement(tag, properties = {}) {
    return Object.assign(document.createElement(tag), properties);
  }
})();
