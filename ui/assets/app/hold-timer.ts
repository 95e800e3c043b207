// Counts down to the end of a hold by the server's clock: the device's clock may be wrong, its steps are not.
import { say } from "./say";

class SlotHoldTimer extends HTMLElement {
  private handle = 0;
  private said = new Set<number>();

  connectedCallback(): void {
    const total = Date.parse(this.dataset.ends ?? "") - Date.parse(this.dataset.now ?? "");
    if (Number.isNaN(total)) return;
    const start = performance.now();
    const left = this.querySelector<HTMLElement>(".timer-left");
    const label = this.querySelector(".timer-label")?.textContent ?? "";
    const step = (): void => {
      const seconds = Math.max(0, Math.round((total - (performance.now() - start)) / 1000));
      const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (left) left.textContent = text;
      this.toggleAttribute("data-soon", seconds <= 300);
      for (const minute of [5, 1]) {
        if (seconds === minute * 60 && !this.said.has(minute)) {
          this.said.add(minute);
          say(`${label} ${text}`);
        }
      }
      if (seconds === 0) this.over();
    };
    step();
    this.handle = window.setInterval(step, 1000);
  }

  disconnectedCallback(): void {
    clearInterval(this.handle);
  }

  private over(): void {
    clearInterval(this.handle);
    const text = this.dataset.expired ?? "";
    say(text);
    const left = this.querySelector(".timer-left");
    if (left) left.textContent = text;
    // What was typed stays: only a page without a dirty form reloads.
    if (!document.querySelector("form[data-dirty]")) window.setTimeout(() => location.reload(), 2500);
  }
}
customElements.define("slot-hold-timer", SlotHoldTimer);
