// Which pages there are for somebody: those of the API's description that need no parameter, and what their links lead to.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// Not pages: streams, data, style sheets, and the marks that only the program itself asks for.
const NOT_PAGES = /^\/(api\/|live$|sandbox\/style|dev\/mailbox\/attachment|assets\/)|\.json$|\.ics$|\.pdf$/;
// So many addresses of one kind are followed; the hundredth doctor looks like the third.
const OF_A_KIND = 2;

export async function describedPaths(hospital) {
  const answer = await fetch(`${hospital.base}/api/openapi.json`);
  const { paths } = await answer.json();
  const read = Object.entries(paths).filter(([, verbs]) => verbs.get).map(([path]) => path);
  const kinds = read.map((path) => ({ path, fits: new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\{[^}]+\}/g, "[^/]+")}$`), fixed: !path.includes("{") }));
  return kinds.sort((one, other) => Number(other.fixed) - Number(one.fixed));
}

/** Follows the links from every page without parameters; gives the pages, and the links that lead nowhere. */
export async function walk(hospital, paper, extra = []) {
  const kinds = await describedPaths(hospital);
  const kindOf = (address) => kinds.find((kind) => kind.fits.test(address.pathname))?.path ?? address.pathname;
  const shape = (address) => `${kindOf(address)}?${[...address.searchParams.keys()].sort()}`;
  const queue = [...kinds.filter((kind) => kind.fixed).map((kind) => ({ path: kind.path })), ...extra.map((path) => ({ path, wanted: true }))];
  const seen = new Map(), pages = new Map(), dead = [];
  while (queue.length) {
    const { path, from, wanted } = queue.shift();
    const address = new URL(path, hospital.base);
    if (address.origin !== hospital.base || /^\/(live|api\/)/.test(address.pathname)) continue;
    const kind = shape(address);
    const known = seen.get(kind) ?? new Set();
    if (!wanted && (known.has(address.href) || known.size >= OF_A_KIND)) continue;
    seen.set(kind, known.add(address.href));
    await paper.send("GET", `${address.pathname}${address.search}`);
    // Without a link it is only asked whether it is there for this person.
    if (from && (paper.status === 404 || paper.status === 410 || paper.status >= 500)) dead.push(`${from} → ${path}: ${paper.status}`);
    if (paper.status >= 500) dead.push(`${path}: ${paper.status}`);
    if (paper.status !== 200 || NOT_PAGES.test(address.pathname) || !/<html/.test(paper.html)) continue;
    const landed = new URL(paper.at);
    if (!pages.has(shape(landed))) pages.set(shape(landed), `${landed.pathname}${landed.search}`);
    const body = paper.html.replace(/<template[\s\S]*?<\/template>/g, "");
    for (const [, href] of body.matchAll(/<a\b[^>]*\bhref="([^"]+)"/g)) {
      const link = href.replaceAll("&amp;", "&").replaceAll("&#38;", "&");
      if (!/^(tel|mailto):|^#/.test(link)) queue.push({ path: new URL(link, paper.at).href.split("#")[0], from: landed.pathname });
    }
  }
  return { pages: [...pages.values()], dead, kindOf: (path) => shape(new URL(path, hospital.base)) };
}

/** What is wrong with a page as it stands, at one width: barriers, overflow, and errors in the console. */
export async function examine(page, { axe = true } = {}) {
  const wrong = [];
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return "";
    const over = [...document.body.querySelectorAll("*")].find((one) => {
      const box = one.getBoundingClientRect();
      return box.width > 0 && (box.right > room + 1 || box.left < -1) && getComputedStyle(one).position !== "fixed";
    });
    return `${document.documentElement.scrollWidth} of ${room} px, first <${over?.tagName.toLowerCase()} class="${over?.className}">`;
  });
  if (wide) wrong.push(`wider than the window: ${wide}`);
  if (axe) {
    await page.evaluate(`if (!window.axe) { ${AXE}\n; }`);
    const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }), TAGS);
    for (const one of found.violations) wrong.push(`${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.target} (${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ""})`).join("; ")}`);
  }
  return wrong;
}
