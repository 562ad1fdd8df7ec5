/*
 * The filter of a table of measures. The choice is part of the page's address, so that it can be
 * linked to and is restored with the page. What the page must have: see filter.html.j2.
 */
"use strict";

(() => {
  for (const form of document.querySelectorAll("form[data-filter]")) {
    start(form);
  }

  function start(form) {
    const rows = [...document.getElementById(form.dataset.filter).querySelectorAll("tbody tr[data-ministries]")];
    const apply = () => {
      const wanted = readForm(form);
      const shown = showRows(rows, wanted);
      form.querySelector("[data-filter-count]").textContent = describeCount(shown, rows.length, wanted);
      storeInAddress(wanted);
    };
    setForm(form, new URLSearchParams(location.search));
    form.hidden = false;
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault(); // the browser would go back to what the page came with
      setForm(form, new URLSearchParams());
      apply();
    });
    apply();
  }

  /* Returns the choice: an empty string stands for 「all」. */
  function readForm({ elements: { section, ministry, lead } }) {
    return { section: section.value, ministry: ministry.value, lead: lead.checked };
  }

  /* Sets the form by an address; unknown values mean 「all」. */
  function setForm({ elements: { section, ministry, lead } }, query) {
    for (const select of [section, ministry]) {
      const value = query.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    lead.checked = query.has("lead");
  }

  /* Shows the matching rows, and the sections that have any; returns how many. */
  function showRows(rows, wanted) {
    const parts = new Map();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !matches(row.dataset, wanted);
      const part = row.closest("tbody");
      parts.set(part, (parts.get(part) ?? 0) + !row.hidden);
      shown += !row.hidden;
    }
    for (const [part, count] of parts) {
      part.hidden = count === 0;
    }
    return shown;
  }

  function matches(row, { section, ministry, lead }) {
    const ministries = (lead ? row.lead : row.ministries).split(" ").filter(Boolean);
    return (
      (section === "" || row.section === section) &&
      (ministry === "" ? !lead || ministries.length > 0 : ministries.includes(ministry))
    );
  }

  function describeCount(shown, all, { section, ministry, lead }) {
    if (!section && !ministry && !lead) {
      return `全 ${all} 件`;
    }
    return shown ? `${all} 件のうち ${shown} 件` : "当てはまる取組はありません。";
  }

  function storeInAddress({ section, ministry, lead }) {
    const query = new URLSearchParams();
    if (section) query.set("section", section);
    if (ministry) query.set("ministry", ministry);
    if (lead) query.set("lead", "1");
    const address = new URL(location.href);
    address.search = query;
    history.replaceState(null, "", address);
  }
})();
