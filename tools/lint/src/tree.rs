//! The repository's files, read once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

/// Folders that hold nothing of ours.
const FOREIGN: &[&str] =
    &["target", "node_modules", ".git", ".cache", "data", "dist", ".sqlx", "screenshots", "generated"];
const TEXTS: &[&str] =
    &["rs", "toml", "html", "txt", "sql", "ftl", "ts", "mjs", "js", "css", "md", "sh", "yml", "json", "typ", ""];

#[derive(Debug)]
pub(crate) struct File {
    /// From the root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    pub(crate) fn has_extension(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == extension)
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// One crate of the workspace.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) folder: String,
    /// Its own crates among its dependencies, without those of tests.
    depends_on: BTreeSet<String>,
}

#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) root: String,
    pub(crate) files: Vec<File>,
    pub(crate) packages: BTreeMap<String, Package>,
}

impl Tree {
    pub(crate) fn read(root: &Path) -> io::Result<Self> {
        let root = fs::canonicalize(root)?;
        let mut files = Vec::new();
        walk(&root, "", &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let packages = packages(&files);
        Ok(Self { root: root.to_string_lossy().into_owned(), files, packages })
    }

    pub(crate) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    pub(crate) fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.has_extension("rs"))
    }

    pub(crate) fn package_of(&self, path: &str) -> Option<&Package> {
        self.packages.values().find(|package| path.starts_with(&format!("{}/", package.folder)))
    }

    /// Whether `package` depends on the crate `other`, near or far.
    pub(crate) fn depends(&self, package: &Package, other: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&str> = package.depends_on.iter().map(String::as_str).collect();
        while let Some(name) = open.pop() {
            if name == other {
                return true;
            }
            if seen.insert(name)
                && let Some(next) = self.packages.get(name)
            {
                open.extend(next.depends_on.iter().map(String::as_str));
            }
        }
        false
    }
}

fn walk(root: &Path, folder: &str, files: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let kind = entry.file_type()?;
        let ours = !FOREIGN.contains(&name.as_str()) || path.ends_with("chart/data");
        if kind.is_dir() && ours {
            walk(root, &path, files)?;
        } else if kind.is_file() && TEXTS.contains(&extension(&name)) && !name.ends_with("lock.json") {
            // A file that is no text is none of ours to read.
            if let Ok(text) = fs::read_to_string(entry.path()) {
                files.push(File { path, text });
            }
        }
    }
    Ok(())
}

fn extension(name: &str) -> &str {
    Path::new(name).extension().and_then(|found| found.to_str()).unwrap_or_default()
}

fn packages(files: &[File]) -> BTreeMap<String, Package> {
    let manifests = files.iter().filter_map(|file| {
        let folder = file.path.strip_suffix("/Cargo.toml")?;
        let manifest: toml::Table = file.text.parse().ok()?;
        let name = manifest.get("package")?.get("name")?.as_str()?.to_owned();
        let depends_on = manifest.get("dependencies").and_then(toml::Value::as_table).map(toml::Table::keys);
        let depends_on = depends_on.into_iter().flatten().cloned().collect();
        Some((name.clone(), Package { name, folder: folder.to_owned(), depends_on }))
    });
    manifests.collect()
}
