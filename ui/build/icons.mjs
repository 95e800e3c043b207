// The icons that templates and Rust sources ask for by name, as the inside of their <svg>.
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

// Asked for by scripts, where no template or Rust source names them.
const ALWAYS = ["chevron-down", "mic", "mic-off", "video-off", "phone-off", "volume-2", "refresh-cw", "send", "users"];
// Any whole string that is an icon's name counts (chosen by state, mode, kind, or by its place in a call).
const STRING = /"([a-z][a-z0-9-]*)"/g;
// Where a name is plainly asked for, it must be one.
const CALL = /icon\s*(?:\(|=)\s*"([a-z0-9-]+)"/g;

export async function icons(root) {
  const names = new Set(ALWAYS);
  const asked = new Set(ALWAYS);
  for (const folder of ["ui/templates", "domains", "foundation/web", "server/src"]) {
    for (const file of await sources(path.join(root, folder))) {
      const text = await readFile(file, "utf8");
      for (const [, name] of text.matchAll(STRING)) names.add(name);
      if (file.endsWith(".html")) for (const [, name] of text.matchAll(CALL)) asked.add(name);
    }
  }
  const found = {};
  for (const name of [...names].sort()) {
    const inside = await inner(root, name);
    if (inside) found[name] = inside;
    else if (asked.has(name)) console.warn(`icon "${name}" is not in lucide`);
  }
  return found;
}

async function inner(root, name) {
  try {
    const svg = await readFile(path.join(root, "node_modules/lucide-static/icons", `${name}.svg`), "utf8");
    return svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
  } catch {
    return null;
  }
}

async function sources(folder) {
  let files = [];
  let items = [];
  try {
    items = await readdir(folder, { withFileTypes: true });
  } catch {
    return files;
  }
  for (const item of items) {
    const full = path.join(folder, item.name);
    if (item.isDirectory() && item.name !== "target") files = files.concat(await sources(full));
    else if (/\.(html|rs)$/.test(item.name)) files.push(full);
  }
  return files;
}
