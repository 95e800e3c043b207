// <photo-send>: a photo is sent as soon as it is chosen or taken, with how far it is. The answer is our own page: its part takes the place of
// the form (data-into), or its words are told. Without scripts the form has a button.
import { part, show } from "./dom";

export class PhotoSend extends HTMLElement {
  private busy = false;

  connectedCallback(): void {
    show(part(this, "photo-button"), false);
    this.addEventListener("change", (event) => {
      if ((event.target as HTMLInputElement).type === "file") this.send();
    });
    this.addEventListener("submit", (event) => event.preventDefault());
  }

  private send(): void {
    const form = this.querySelector("form");
    const input = this.querySelector<HTMLInputElement>("input[type=file]");
    if (!form || !input?.files?.length || this.busy) return;
    this.busy = true;
    const body = new FormData(form);
    input.value = "";
    const bar = part<HTMLProgressElement>(this, "photo-progress");
    show(bar, true);
    this.state(this.dataset.sending ?? "");
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.setRequestHeader("accept", "text/html");
    const token = form.querySelector<HTMLInputElement>("[name=_csrf]")?.value ?? this.closest<HTMLElement>("[data-csrf]")?.dataset.csrf ?? "";
    request.setRequestHeader("x-csrf-token", token);
    request.upload.addEventListener("progress", (event) => {
      if (bar) bar.value = event.lengthComputable ? event.loaded / event.total : 0;
      if (event.lengthComputable && event.loaded === event.total) this.state(this.dataset.checking ?? "");
    });
    request.addEventListener("loadend", () => {
      this.busy = false;
      show(bar, false);
      this.settle(request.status, request.responseXML);
    });
    request.send(body);
  }

  private settle(status: number, page: Document | null): void {
    const into = this.dataset.into ?? "";
    const fresh = into ? page?.getElementById(into) : null;
    const wrong = page?.querySelector(".field-error")?.textContent?.trim();
    if (fresh) {
      const fitting = document.importNode(fresh, true);
      document.getElementById(into)?.replaceWith(fitting);
      fitting.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
      return;
    }
    const gone = status === 404 ? page?.querySelector("main .lead")?.textContent?.trim() : undefined;
    if (status >= 200 && status < 400) this.state("");
    else this.state(gone ?? wrong ?? this.dataset.failed ?? "");
  }

  private state(words: string): void {
    const line = part(this, "photo-state") ?? part(this.closest("video-visit") ?? document, "status");
    if (line) line.textContent = words;
  }
}
