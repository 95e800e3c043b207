// <command-palette>: Ctrl/Cmd-K over the rail's pages, the present page's links marked [data-command], and lists.
type Entry = { text: string; keys: string; run: () => void };

class CommandPalette extends HTMLElement {
  private dialog = document.createElement("dialog");
  private input = document.createElement("input");
  private list = document.createElement("div");
  private at = 0;
  private shown: Entry[] = [];

  connectedCallback(): void {
    this.build();
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        this.open();
      }
    });
    for (const button of document.querySelectorAll("[data-palette-open]")) button.addEventListener("click", () => this.open());
  }

  private build(): void {
    const label = this.dataset.label ?? "";
    this.dialog.setAttribute("aria-label", label);
    this.input.className = "palette-input";
    this.input.placeholder = label;
    this.list.className = "palette-list";
    this.list.id = "palette-list";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", label);
    const attributes = { type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "palette-list", "aria-label": label, autocomplete: "off" };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    const hint = document.createElement("p");
    hint.className = "palette-hint";
    hint.textContent = this.dataset.hint ?? "";
    this.dialog.append(this.input, this.list, hint);
    this.append(this.dialog);
    this.input.addEventListener("input", () => this.show());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.list.addEventListener("click", (event) => {
      const item = (event.target as Element).closest<HTMLElement>("[data-at]");
      if (item) this.run(Number(item.dataset.at));
    });
  }

  private open(): void {
    this.input.value = "";
    if (!this.dialog.open) this.dialog.showModal();
    this.show();
    this.input.focus();
  }

  private entries(): Entry[] {
    const found: Entry[] = [];
    const places = ".rail nav a, [data-command], [data-keys] [data-row] a, .bar-tools a, .tabs a, .menu-sheet a";
    for (const link of document.querySelectorAll<HTMLElement>(places)) {
      const text = (link.dataset.command || link.textContent || "").replace(/\s+/g, " ").trim();
      const go = link.dataset.go;
      if (text && !found.some((entry) => entry.text === text)) found.push({ text, keys: go ? `g ${go}` : "", run: () => link.click() });
    }
    return found;
  }

  private show(): void {
    const words = this.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    this.shown = this.entries().filter((entry) => words.every((word) => entry.text.toLowerCase().includes(word))).slice(0, 30);
    this.at = 0;
    this.list.replaceChildren(...this.shown.map((entry, index) => this.option(entry, index)));
    if (this.shown.length === 0) {
      const none = document.createElement("p");
      none.className = "combobox-empty";
      none.textContent = this.dataset.none ?? "";
      this.list.append(none);
    }
    this.mark();
  }

  private option(entry: Entry, index: number): HTMLElement {
    const option = document.createElement("div");
    option.className = "palette-item";
    option.id = `palette-${index}`;
    option.dataset.at = String(index);
    option.setAttribute("role", "option");
    const text = document.createElement("span");
    text.textContent = entry.text;
    option.append(text);
    if (entry.keys) {
      const keys = document.createElement("kbd");
      keys.className = "kbd";
      keys.textContent = entry.keys;
      option.append(keys);
    }
    return option;
  }

  private mark(): void {
    for (const option of this.list.querySelectorAll<HTMLElement>("[role=option]")) {
      const on = option.dataset.at === String(this.at);
      option.setAttribute("aria-selected", String(on));
      if (on) option.scrollIntoView({ block: "nearest" });
    }
    this.input.setAttribute("aria-activedescendant", this.shown.length ? `palette-${this.at}` : "");
  }

  private key(event: KeyboardEvent): void {
    const count = this.shown.length;
    if (event.key === "Enter") {
      event.preventDefault();
      this.run(this.at);
    } else if (count && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : -1) + count) % count;
      this.mark();
    }
  }

  private run(index: number): void {
    const entry = this.shown[index];
    if (!entry) return;
    this.dialog.close();
    entry.run();
  }
}
customElements.define("command-palette", CommandPalette);
export {};
