// Bundles what the browser gets: ui/assets/css/app.css, ui/assets/app.ts and one bundle per folder of ui/assets/islands,
// with fonts and the icons the templates use. Writes ui/dist with hashed names, manifest.json and icons.json.
import { build, context } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { icons } from "./icons.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const dist = path.join(root, "ui/dist");
const assets = path.join(root, "ui/assets");

// Entry points: app (every page) and each island folder that has an index.ts, by the folder's name.
async function entries() {
  const found = { app: path.join(assets, "app.ts"), styles: path.join(assets, "css/app.css") };
  const islands = path.join(assets, "islands");
  for (const folder of await readdir(islands, { withFileTypes: true })) {
    const entry = path.join(islands, folder.name, "index.ts");
    if (folder.isDirectory() && existsSync(entry)) found[folder.name] = entry;
  }
  return found;
}

async function options() {
  return {
    entryPoints: await entries(),
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome111", "safari16.4", "firefox115"],
    outdir: dist,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file", ".svg": "file" },
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  };
}

// The public name of an output: "styles-HASH.css" is app.css; a font that the layout preloads has a short name.
const SHORT = {
  "source-serif-4-latin-wght-normal.woff2": "serif.woff2",
  "figtree-latin-wght-normal.woff2": "figtree.woff2",
  "atkinson-hyperlegible-next-latin-wght-normal.woff2": "atkinson.woff2",
};

async function manifest(metafile) {
  const names = {};
  for (const [output, info] of Object.entries(metafile.outputs)) {
    const file = path.basename(output);
    const source = info.entryPoint ?? Object.keys(info.inputs)[0] ?? "";
    const extension = path.extname(file);
    if (info.entryPoint) {
      const name = source.endsWith("css/app.css") ? "app" : file.slice(0, file.lastIndexOf("-"));
      names[`${name}${extension}`] = file;
    } else {
      const original = path.basename(source);
      names[SHORT[original] ?? original] = file;
    }
  }
  return names;
}

// Files served as they are: icon, manifest pictures. Hashed like the rest.
async function statics(names) {
  const folder = path.join(assets, "static");
  for (const file of await readdir(folder)) {
    const bytes = await readFile(path.join(folder, file));
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
    const { name, ext } = path.parse(file);
    names[file] = `${name}-${hash}${ext}`;
    await writeFile(path.join(dist, names[file]), bytes);
  }
}

async function clean() {
  await mkdir(dist, { recursive: true });
  for (const file of await readdir(dist)) if (file !== ".gitkeep") await rm(path.join(dist, file), { recursive: true });
}

async function finish(result) {
  const names = await manifest(result.metafile);
  await statics(names);
  await writeFile(path.join(dist, "icons.json"), JSON.stringify(await icons(root), null, 1));
  await writeFile(path.join(dist, "manifest.json"), JSON.stringify(names, null, 1));
}

if (process.argv.includes("--watch")) {
  const settings = await options();
  settings.plugins = [{ name: "manifest", setup: (b) => b.onEnd((result) => result.metafile && finish(result)) }];
  await clean();
  await (await context(settings)).watch();
} else {
  const started = performance.now();
  const result = await build({ ...(await options()), write: false });
  await clean();
  await Promise.all(result.outputFiles.map((file) => writeFile(file.path, file.contents)));
  await finish(result);
  console.log(`ui/dist: ${Object.keys(result.metafile.outputs).length} files in ${Math.round(performance.now() - started)} ms`);
}
