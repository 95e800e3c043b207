// <search-combobox src>: ARIA APG editable combobox with list; a plain text field without scripts.
import { say } from "./say";

type Item = Record<string, string | undefined>;
let number = 0;

const valueOf = (item: Item): string => item.value ?? item.code ?? item.id ?? "";
const labelOf = (item: Item): string => item.label ?? item.name ?? "";

class SearchCombobox extends HTMLElement {
  private list = document.createElement("div");
  private items: Item[] = [];
  private at = -1;
  private wait = 0;
  private asked?: AbortController;
  private base = `combo-${++number}`;

  private get input(): HTMLInputElement {
    return this.querySelector("input") as HTMLInputElement;
  }

  connectedCallback(): void {
    const input = this.input;
    this.list.className = "combobox-list";
    this.list.id = `${this.base}-list`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.closest(".field")?.querySelector("label")?.textContent ?? "");
    this.list.hidden = true;
    this.append(this.list);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    // Whoever is back in the field before the pause is over keeps the list.
    input.addEventListener("blur", () => window.setTimeout(() => document.activeElement !== input && this.close(), 150));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = (event.target as Element).closest<HTMLElement>("[data-at]");
      if (option) this.choose(Number(option.dataset.at));
    });
  }

  private later(): void {
    clearTimeout(this.wait);
    this.wait = window.setTimeout(() => void this.search(), 120);
  }

  private async search(): Promise<void> {
    const words = this.input.value.trim();
    this.asked?.abort();
    if (words.length < 2) return this.close();
    this.asked = new AbortController();
    try {
      const url = new URL(this.getAttribute("src") ?? "", location.href);
      url.searchParams.set("q", words);
      const answer = await fetch(url, { signal: this.asked.signal, headers: { accept: "application/json" } });
      if (!answer.ok) return this.close();
      const body = (await answer.json()) as Item[] | { items: Item[] };
      this.items = Array.isArray(body) ? body : body.items;
      this.show();
    } catch {
      // Typing went on, or the connection is gone: the field stays a text field.
    }
  }

  private show(): void {
    this.at = -1;
    this.list.replaceChildren(...this.items.map((item, index) => this.option(item, index)));
    if (this.items.length === 0) {
      const none = document.createElement("div");
      none.className = "combobox-empty";
      none.textContent = this.dataset.none ?? "";
      this.list.append(none);
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    say(this.items.length ? `${this.items.length} ${this.dataset.count ?? ""}` : (this.dataset.none ?? ""));
  }

  private option(item: Item, index: number): HTMLElement {
    const option = document.createElement("div");
    option.className = "combobox-option";
    option.id = `${this.base}-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.at = String(index);
    const strong = document.createElement("b");
    strong.textContent = item.code ?? "";
    const label = document.createElement("span");
    label.textContent = labelOf(item);
    const hint = document.createElement("span");
    hint.className = "muted";
    hint.textContent = item.hint ?? "";
    option.append(...[strong, label, hint].filter((part) => part.textContent));
    return option;
  }

  private key(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step && !this.list.hidden && this.items.length) {
      event.preventDefault();
      this.mark((this.at + step + this.items.length) % this.items.length);
    } else if (step && this.input.value.trim().length > 1) {
      event.preventDefault();
      void this.search();
    } else if (event.key === "Enter" && !this.list.hidden && this.at >= 0) {
      event.preventDefault();
      this.choose(this.at);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }

  private mark(index: number): void {
    this.at = index;
    for (const option of this.list.querySelectorAll<HTMLElement>("[role=option]")) {
      const on = option.dataset.at === String(index);
      option.setAttribute("aria-selected", String(on));
      if (on) option.scrollIntoView({ block: "nearest" });
    }
    this.input.setAttribute("aria-activedescendant", `${this.base}-${index}`);
  }

  private choose(index: number): void {
    const item = this.items[index];
    if (!item) return;
    this.input.value = valueOf(item) || labelOf(item);
    this.fill(item);
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.dispatchEvent(new CustomEvent("search-combobox", { bubbles: true, detail: item }));
  }

  // Beside the input: the label; and whatever fields the page asks for.
  private fill(item: Item): void {
    const text = this.querySelector<HTMLElement>(".combobox-text") ?? this.appendChild(document.createElement("span"));
    text.className = "combobox-text";
    text.textContent = this.input.value === labelOf(item) ? (item.hint ?? "") : labelOf(item);
    const form = this.closest("form");
    const set = (name: string | undefined, value: string | undefined): void => {
      const field = name ? form?.elements.namedItem(name) : null;
      if (value !== undefined && (field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) field.value = value;
    };
    set(this.dataset.labelTarget, labelOf(item));
    for (const [key, target] of Object.entries(this.dataset)) {
      if (key.startsWith("fill")) set(target, item[key.slice(4, 5).toLowerCase() + key.slice(5)]);
    }
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
customElements.define("search-combobox", SearchCombobox);
