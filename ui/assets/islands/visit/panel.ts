// <visit-panel src>: another room's page beside the call. Its forms are sent without leaving the page, for leaving would
// end the call. Without scripts the link inside leads to the page itself.
export class VisitPanel extends HTMLElement {
  private turn = 0;
  private sending = false;

  connectedCallback(): void {
    this.addEventListener("submit", (event) => void this.submit(event));
    void this.load();
  }

  async load(): Promise<void> {
    const src = this.getAttribute("src");
    // What a form answers is newer than what is asked for meanwhile.
    if (src && !this.sending) await this.place(fetch(src, { headers: { accept: "text/html" }, credentials: "same-origin" }));
  }

  private async submit(event: SubmitEvent): Promise<void> {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.target) return;
    event.preventDefault();
    const data = new URLSearchParams();
    new FormData(form, event.submitter).forEach((value, name) => data.append(name, String(value)));
    const button = event.submitter as HTMLButtonElement | null;
    const action = new URL(button?.getAttribute("formaction") ?? form.getAttribute("action") ?? this.getAttribute("src") ?? "", location.href);
    if (button) button.disabled = true;
    const post = form.method.toLowerCase() === "post";
    if (!post) action.search = data.toString();
    this.sending = true;
    await this.place(
      fetch(action, {
        method: post ? "POST" : "GET",
        headers: { accept: "text/html" },
        credentials: "same-origin",
        ...(post ? { body: data } : {}),
      }),
      true,
    );
    this.dispatchEvent(new CustomEvent("visit-panel", { bubbles: true }));
    this.sending = false;
    if (button) button.disabled = false;
  }

  // Takes the part of the answer that belongs here: our own page, escaped by the server's templates.
  private async place(asked: Promise<Response>, answering = false): Promise<void> {
    const turn = ++this.turn;
    this.setAttribute("aria-busy", "true");
    try {
      const answer = await asked;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn !== this.turn) return;
      const fresh = page.getElementById(this.dataset.part ?? "");
      if (fresh) {
        this.replaceChildren(document.importNode(fresh, true));
        const wrong = this.querySelector<HTMLElement>("[aria-invalid=true], .error-summary");
        const next = answering ? this.querySelector<HTMLElement>("[data-focus-form] :is(input:not([type=hidden]), select, textarea)") : null;
        (wrong ?? next)?.focus();
      }
      this.dataset.failed = String(!fresh);
    } catch {
      this.dataset.failed = "true";
    } finally {
      this.removeAttribute("aria-busy");
    }
  }
}
