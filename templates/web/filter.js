/*
 * The filter of a table of measures. What is chosen stands in the page's address, so that it can be
 * linked to and comes back with the page. Needs of the page: see filter.html.j2.
 */
"use strict";

(() => {
  for (const form of document.querySelectorAll("form[data-filter]")) {
    start(form);
  }

  function start(form) {
    const rows = [...document.getElementById(form.dataset.filter).querySelectorAll("tbody tr[data-ministries]")];
    const apply = () => {
      const wanted = choice(form);
      const shown = show(rows, wanted);
      form.querySelector("[data-filter-count]").textContent = count(shown, rows.length, wanted);
      remember(wanted);
    };
    choose(form, new URLSearchParams(location.search));
    form.hidden = false;
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault(); // the browser would go back to what the page came with
      choose(form, new URLSearchParams());
      apply();
    });
    apply();
  }

  /* What is asked for: an empty string stands for 「all」. */
  function choice({ elements: { section, ministry, lead } }) {
    return { section: section.value, ministry: ministry.value, lead: lead.checked };
  }

  /* Sets the form as an address says; what the form doesn't have is taken for 「all」. */
  function choose({ elements: { section, ministry, lead } }, asked) {
    for (const select of [section, ministry]) {
      const value = asked.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    lead.checked = asked.has("lead");
  }

  /* Shows the rows that are wanted, and the parts of the table that have any; returns how many. */
  function show(rows, wanted) {
    const parts = new Map();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !fits(row.dataset, wanted);
      const part = row.closest("tbody");
      parts.set(part, (parts.get(part) ?? 0) + !row.hidden);
      shown += !row.hidden;
    }
    for (const [part, count] of parts) {
      part.hidden = count === 0;
    }
    return shown;
  }

  function fits(facts, { section, ministry, lead }) {
    const those = (lead ? facts.lead : facts.ministries).split(" ").filter(Boolean);
    return (
      (section === "" || facts.section === section) &&
      (ministry === "" ? !lead || those.length > 0 : those.includes(ministry))
    );
  }

  function count(shown, all, { section, ministry, lead }) {
    if (!section && !ministry && !lead) {
      return `全 ${all} 件`;
    }
    return shown ? `${all} 件のうち ${shown} 件` : "当てはまる取組はありません。";
  }

  function remember({ section, ministry, lead }) {
    const asked = new URLSearchParams();
    if (section) asked.set("section", section);
    if (ministry) asked.set("ministry", ministry);
    if (lead) asked.set("lead", "1");
    const address = new URL(location.href);
    address.search = asked;
    history.replaceState(null, "", address);
  }
})();
