// Prints what Lighthouse finds on pages, as JSON: for each address, scores from 0 to 100 by category
// and the audits that fail. Arguments: the browser's path, its flags as JSON, then the addresses.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, flags, ...addresses] = process.argv.slice(2);
const categories = ["accessibility", "best-practices", "seo"];

// Only our own flags, as everywhere in these tests; the launcher adds a new empty profile.
const chrome = await launch({ chromePath, chromeFlags: JSON.parse(flags), ignoreDefaultFlags: true });
try {
  const found = {};
  for (const address of addresses) {
    found[address] = await examined(address);
  }
  console.log(JSON.stringify(found));
} finally {
  chrome.kill();
}

async function examined(address) {
  const { lhr } = await lighthouse(address, {
    port: chrome.port,
    logLevel: "error",
    onlyCategories: categories,
    disableFullPageScreenshot: true,
    pauseAfterFcpMs: 0,
    pauseAfterLoadMs: 0,
    networkQuietThresholdMs: 0,
    cpuQuietThresholdMs: 0,
  });
  return {
    scores: Object.fromEntries(
      categories.map((name) => [name, Math.round(100 * lhr.categories[name].score)]),
    ),
    failing: categories
      .flatMap((name) => lhr.categories[name].auditRefs)
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score === 0)
      .map(({ id }) => id),
    error: lhr.runtimeError?.message ?? null,
  };
}
