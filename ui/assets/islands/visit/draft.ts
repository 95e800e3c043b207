// <visit-draft>: around the panel with the draft from what was said. The chosen sentences go into the note beside it, which saves itself;
// without scripts the server puts them there. The panel is read again when something new was written down.
import { part } from "./dom";
import type { VisitNote } from "./note";
import type { VisitPanel } from "./panel";

const PAUSE = 8000;

export class VisitDraft extends HTMLElement {
  private timer = 0;

  connectedCallback(): void {
    // Before the panel inside would send the form.
    this.addEventListener("submit", (event) => this.take(event), { capture: true });
    document.addEventListener("visit-captions", this.later);
  }

  disconnectedCallback(): void {
    document.removeEventListener("visit-captions", this.later);
    window.clearTimeout(this.timer);
  }

  private get panel(): VisitPanel | null {
    return part<VisitPanel>(this, "draft-panel");
  }

  private take(event: SubmitEvent): void {
    const button = event.submitter as HTMLButtonElement | null;
    const note = document.querySelector<VisitNote>("visit-note");
    if (button?.value !== "take" || !note) return;
    event.preventDefault();
    event.stopPropagation();
    const form = event.target as HTMLFormElement;
    for (const group of form.querySelectorAll<HTMLElement>("[data-section]")) {
      const chosen = [...group.querySelectorAll<HTMLInputElement>("input[name=take]:checked")];
      const texts = chosen.map((box) => box.closest("label")?.querySelector("[data-text]")?.textContent ?? "");
      note.appendTo(group.dataset.section ?? "", texts);
    }
    const status = part(this, "draft-status");
    if (status) status.textContent = status.dataset.done ?? "";
  }

  private boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("input[name=take]")];
  }

  // Not at every word: what the doctor is reading or choosing stays while it is in use.
  private later = (): void => {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      const panel = this.panel;
      if (!panel) return;
      if (panel.contains(document.activeElement)) return this.later();
      panel.hidden = false;
      panel.setAttribute("src", panel.dataset.src ?? "");
      // What was chosen and what was not stays so.
      const chosen = new Map(this.boxes().map((box) => [box.value, box.checked]));
      void panel.load().then(() => {
        for (const box of this.boxes()) box.checked = chosen.get(box.value) ?? box.checked;
      });
    }, PAUSE);
  };
}
