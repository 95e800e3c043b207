// <keyboard-keys>: g then a letter goes to a page, J and K walk through [data-keys] lists, Enter opens, S starts what the row
// marks with [data-start], A and R go to what a page marks with [data-focus]: one letter never signs anything. Single letters can be switched off and on with "?" (WCAG 2.1.4).
import { say } from "./say";

class KeyboardKeys extends HTMLElement {
  private pending = 0;

  connectedCallback(): void {
    document.addEventListener("keydown", (event) => this.key(event));
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target as Element;
    if (target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
    if (event.key === "?") return this.toggle();
    if (localStorage.getItem("keys") === "off") return;
    const letter = event.key.toLowerCase();
    if (this.pending) {
      window.clearTimeout(this.pending);
      this.pending = 0;
      document.querySelector<HTMLElement>(`[data-go="${CSS.escape(letter)}"]`)?.click();
    } else if (letter === "g") {
      this.pending = window.setTimeout(() => (this.pending = 0), 1200);
    } else if (letter === "j" || letter === "k") {
      this.walk(letter === "j" ? 1 : -1);
    } else if (letter === "s") {
      this.row()?.querySelector<HTMLElement>("[data-start]")?.click();
    } else if (letter === "a" || letter === "r") {
      const place = document.querySelector<HTMLElement>(`[data-focus="${letter}"]`);
      const field = place?.matches("button") ? place : place?.querySelector<HTMLElement>("textarea, input");
      if (!field) return;
      event.preventDefault();
      field.focus();
    } else if (letter === "enter" && target === document.body) {
      this.row()?.querySelector<HTMLElement>("a")?.click();
    }
  }

  private toggle(): void {
    const off = localStorage.getItem("keys") === "off";
    localStorage.setItem("keys", off ? "on" : "off");
    say(off ? "J K Enter S · g d" : "J K Enter S · off", true);
  }

  private row(): HTMLElement | null {
    return document.querySelector('[data-keys] [aria-selected="true"]');
  }

  private walk(step: number): void {
    const rows = [...document.querySelectorAll<HTMLElement>("[data-keys] [data-row]")];
    if (rows.length === 0) return;
    const now = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
    const next = rows[Math.min(rows.length - 1, Math.max(0, now + step))];
    for (const row of rows) row.removeAttribute("aria-selected");
    next?.setAttribute("aria-selected", "true");
    next?.scrollIntoView({ block: "nearest" });
    next?.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
  }
}
customElements.define("keyboard-keys", KeyboardKeys);
