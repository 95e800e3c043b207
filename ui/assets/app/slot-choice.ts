// <slot-choice>: when a time is picked, its words go to [data-chosen] and into the button's template ("Book {time}").
class SlotChoice extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("change", () => this.show());
    this.show();
  }

  private show(): void {
    const chosen = this.querySelector<HTMLInputElement>("input[type=radio]:checked");
    if (!chosen) return;
    const words = chosen.closest("label")?.textContent?.trim() ?? "";
    const full = chosen.dataset.full ?? words;
    for (const place of this.querySelectorAll<HTMLElement>("[data-chosen]")) place.textContent = full;
    for (const button of this.querySelectorAll<HTMLElement>("[data-template]")) {
      button.textContent = (button.dataset.template ?? "").replace("{time}", chosen.dataset.short ?? words);
    }


  }
}
customElements.define("slot-choice", SlotChoice);
export {};
