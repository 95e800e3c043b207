// A form for documents that takes several at once, also by dropping them, sends them one by one and shows how far each is.
// Without this the form sends one file and the page comes again.
import { say } from "./say";

type Problem = { detail?: string; errors?: { field: string; message: string }[] };
type Line = { file: File; row: HTMLLIElement; state: HTMLElement; bar: HTMLProgressElement; sent: boolean };
const MOST = { "application/pdf": 25, image: 10 };

class DocumentUpload extends HTMLElement {
  #lines: Line[] = [];
  #busy = false;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) return;
    for (const input of this.#inputs()) {
      if (input.id === "file") input.multiple = true;
      input.addEventListener("change", () => this.#take(input));
    }
    const drop = this.querySelector<HTMLElement>("[data-drop]");
    for (const kind of ["dragenter", "dragover"]) drop?.addEventListener(kind, (event) => this.#over(event as DragEvent, true));
    for (const kind of ["dragleave", "drop"]) drop?.addEventListener(kind, (event) => this.#over(event as DragEvent, false));
    drop?.addEventListener("drop", (event) => this.#add([...((event as DragEvent).dataTransfer?.files ?? [])]));
    form.addEventListener("submit", (event) => void this.#submit(event, form));
    this.querySelector<HTMLSelectElement>("#patient")?.addEventListener("change", (event) => this.#choose((event.target as HTMLSelectElement).value));
  }

  // Whose document it is says where files go, and which list comes afterwards.
  #choose(patient: string): void {
    this.dataset.call = `/api/v1/patients/${patient}/documents`;
    this.dataset.done = `/record/documents?patient=${patient}`;
  }

  #inputs(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("input[type=file]")];
  }

  #over(event: DragEvent, over: boolean): void {
    event.preventDefault();
    (event.currentTarget as HTMLElement).toggleAttribute("data-over", over);
  }

  #take(input: HTMLInputElement): void {
    const files = [...(input.files ?? [])];
    input.value = "";
    this.#add(files);
  }

  #add(files: File[]): void {
    const list = this.querySelector<HTMLElement>("[data-uploads]");
    if (!list || this.#busy) return;
    for (const file of files) {
      const row = document.createElement("li");
      const name = document.createElement("bdi");
      name.textContent = file.name;
      const state = document.createElement("span");
      state.className = "muted small";
      const bar = document.createElement("progress");
      bar.max = 1;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      const leave = document.createElement("button");
      leave.type = "button";
      leave.className = "btn btn-g";
      leave.textContent = this.dataset.remove ?? "";
      leave.setAttribute("aria-label", `${this.dataset.remove ?? ""} ${file.name}`);
      const line: Line = { file, row, state, bar, sent: false };
      leave.addEventListener("click", () => this.#leave(line));
      row.append(name, leave, state, bar);
      list.append(row);
      this.#lines.push(line);
      if (file.size > (file.type.startsWith("image/") ? MOST.image : MOST["application/pdf"]) * 1024 * 1024) this.#fail(line, this.dataset.large ?? "");
    }
    list.hidden = this.#lines.length === 0;
  }

  #leave(line: Line): void {
    if (this.#busy) return;
    this.#lines = this.#lines.filter((one) => one !== line);
    line.row.remove();
    const list = this.querySelector<HTMLElement>("[data-uploads]");
    if (list) list.hidden = this.#lines.length === 0;
  }

  async #submit(event: SubmitEvent, form: HTMLFormElement): Promise<void> {
    // With nothing chosen, or without a kind, the server says what is missing.
    const kind = form.querySelector<HTMLSelectElement>("[name=kind]")?.value;
    if (this.#lines.length === 0 || !kind) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.#busy) return;
    this.#busy = true;
    const button = form.querySelector<HTMLElement>("[type=submit]");
    button?.setAttribute("aria-busy", "true");
    for (const line of this.#lines.filter((one) => !one.sent)) await this.#send(line, form);
    this.#busy = false;
    button?.removeAttribute("aria-busy");
    if (this.#lines.every((line) => line.sent)) location.assign(this.dataset.done ?? "/record/documents");
    else say(this.dataset.some ?? "", true);
  }

  #send(line: Line, form: HTMLFormElement): Promise<void> {
    const body = new FormData();
    for (const name of ["kind", "dated_on"]) body.set(name, form.querySelector<HTMLInputElement>(`[name=${name}]`)?.value ?? "");
    // One title is of one file.
    if (this.#lines.length === 1) body.set("title", form.querySelector<HTMLInputElement>("[name=title]")?.value ?? "");
    body.set("file", line.file);
    line.row.classList.remove("upload-bad");
    line.state.textContent = this.dataset.sending ?? "";
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", this.dataset.call ?? "");
      request.setRequestHeader("accept", "application/json");
      request.setRequestHeader("x-csrf-token", form.querySelector<HTMLInputElement>("[name=_csrf]")?.value ?? "");
      request.upload.addEventListener("progress", (event) => {
        line.bar.value = event.lengthComputable ? event.loaded / event.total : 0;
        if (event.loaded === event.total) line.state.textContent = this.dataset.checking ?? "";
      });
      request.addEventListener("loadend", () => {
        if (request.status === 201) this.#succeed(line);
        else this.#fail(line, words(request.responseText) || (this.dataset.failed ?? ""));
        done();
      });
      request.send(body);
    });
  }

  #succeed(line: Line): void {
    line.sent = true;
    line.bar.value = 1;
    line.state.textContent = this.dataset.sent ?? "";
    line.row.querySelector("button")?.remove();
    say(`${line.file.name}: ${this.dataset.sent ?? ""}`);
  }

  #fail(line: Line, why: string): void {
    line.row.classList.add("upload-bad");
    line.bar.value = 0;
    line.state.textContent = why;
    say(`${line.file.name}: ${why}`);
  }
}

/** What the server says is wrong. */
function words(text: string): string {
  try {
    const problem = JSON.parse(text) as Problem;
    return problem.errors?.map((error) => error.message).join(" ") || problem.detail || "";
  } catch {
    return "";
  }
}

customElements.define("document-upload", DocumentUpload);
