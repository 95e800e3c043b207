// <visit-note>: saves the doctor's draft as it is written. The form inside works without it (a Save button posts it).
import { onClick, part, show, words } from "./dom";

const PAUSE = 1200;
type Code = { code: string; name: string };

export class VisitNote extends HTMLElement {
  private version = 0;
  private timer = 0;
  private saving = false;
  private again = false;
  private say = words(this);

  connectedCallback(): void {
    this.say = words(this);
    this.version = Number(this.dataset.version ?? 0);
    this.addEventListener("input", () => this.later());
    this.addEventListener("change", () => this.later());
    onClick(this, "diagnosis-remove", (button) => this.strike(button));
    part(this, "diagnosis-search")?.addEventListener("search-combobox", (event) => this.add((event as CustomEvent<Code>).detail));
    show(part(this, "codes"), false);
    // Leaving by a button of the form keeps everything: the form itself is posted.
    this.addEventListener("submit", () => (this.dataset.dirty = "false"));
    window.addEventListener("beforeunload", this.warn);
    document.addEventListener("visit-panel", this.check);
  }

  disconnectedCallback(): void {
    window.removeEventListener("beforeunload", this.warn);
    document.removeEventListener("visit-panel", this.check);
  }

  // Saves now what is not saved yet; true when everything is.
  async flush(): Promise<boolean> {
    window.clearTimeout(this.timer);
    if (this.dataset.dirty === "true") await this.save();
    return this.dataset.dirty !== "true";
  }

  // Adds what does not stand in the field yet.
  appendTo(section: string, texts: string[]): void {
    const field = this.querySelector<HTMLTextAreaElement>(`textarea[name="${CSS.escape(section)}"]`);
    if (!field) return;
    const fresh = texts.filter((text) => text !== "" && !field.value.includes(text));
    if (fresh.length === 0) return;
    field.value = [field.value.trimEnd(), ...fresh].filter(Boolean).join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private later(): void {
    this.dataset.dirty = "true";
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), PAUSE);
  }

  private async save(): Promise<void> {
    if (this.saving) {
      this.again = true;
      return;
    }
    this.saving = true;
    this.tell("saving");
    try {
      const answer = await fetch(this.dataset.url ?? "", {
        method: "PUT",
        credentials: "same-origin",
        headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": this.dataset.csrf ?? "" },
        body: JSON.stringify({ version: this.version, ...this.content() }),
      });
      if (answer.ok) {
        this.version = ((await answer.json()) as { version: number }).version;
        const field = this.querySelector<HTMLInputElement>("input[name=version]");
        if (field) field.value = String(this.version);
        if (!this.again) this.dataset.dirty = "false";
        void this.check();
        this.tell("saved", { time: new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn" }) });
      } else if (answer.status === 409) {
        show(part(this, "note-stale"), true);
        this.tell("stale");
      } else if (answer.status === 422) {
        const problem = (await answer.json()) as { errors?: { message?: string; detail?: string }[] };
        this.tell("invalid", { why: problem.errors?.map((error) => error.message ?? error.detail ?? "").join(" ") ?? "" });
      } else {
        throw new Error(String(answer.status));
      }
    } catch {
      this.tell("unsaved");
      this.timer = window.setTimeout(() => void this.save(), 5000);
    } finally {
      this.saving = false;
      if (this.again) {
        this.again = false;
        void this.save();
      }
    }
  }

  // The list of what is still to do, after a save and after a command.
  private check = async (): Promise<void> => {
    try {
      const answer = await fetch(this.dataset.checklist ?? "", { headers: { accept: "text/html" }, credentials: "same-origin" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("visit-checklist");
      if (answer.ok && fresh) document.getElementById("visit-checklist")?.replaceWith(document.importNode(fresh, true));
    } catch {
      // The list stays as it was; the next save asks again.
    }
  };

  private content(): Record<string, unknown> {
    const form = this.querySelector("form");
    const data = new FormData(form ?? undefined);
    const text = (name: string): string => String(data.get(name) ?? "").trim();
    const number = (name: string): number | null => (text(name) === "" ? null : Number(text(name).replace(",", ".")));
    const whole = (name: string): number | null => {
      const value = number(name);
      return value === null || Number.isNaN(value) ? null : Math.round(value);
    };
    return {
      reason: text("reason"),
      history: text("history"),
      findings: text("findings"),
      assessment: text("assessment"),
      plan: text("plan"),
      follow_up_on: text("follow_up_on") || null,
      diagnoses: this.codes(),
      vitals: {
        systolic: whole("systolic"),
        diastolic: whole("diastolic"),
        pulse: whole("pulse"),
        respiration: whole("respiration"),
        temperature: number("temperature"),
        oxygen_saturation: whole("oxygen_saturation"),
        weight: number("weight"),
        height: number("height"),
        glucose: number("glucose"),
      },
    };
  }

  private add(choice: Code): void {
    const search = part(this, "diagnosis-search")?.querySelector("input");
    if (search) search.value = "";
    const text = part(this, "diagnosis-search")?.querySelector(".combobox-text");
    if (text) text.textContent = "";
    const list = part(this, "diagnoses");
    const template = this.querySelector<HTMLTemplateElement>("template[data-diagnosis]");
    if (!list || !template || this.codes().includes(choice.code)) return;
    const row = template.content.firstElementChild?.cloneNode(true) as HTMLElement;
    row.dataset.code = choice.code;
    row.querySelector<HTMLElement>("[data-part=diagnosis-label]")!.textContent = `${choice.name} (${choice.code})`;
    const button = row.querySelector<HTMLButtonElement>("[data-part=diagnosis-remove]");
    button?.addEventListener("click", () => this.strike(button));
    list.append(row);
    this.chosen();
  }

  private codes(): string[] {
    return [...this.querySelectorAll<HTMLElement>("li[data-code]")].map((row) => row.dataset.code ?? "").filter(Boolean);
  }

  // The form's own field follows the list, for the buttons that post it.
  private chosen(): void {
    const field = this.querySelector<HTMLInputElement>("input[name=diagnoses]");
    if (field) field.value = this.codes().join(",");
    this.later();
  }

  private strike(button: HTMLElement): void {
    button.closest("li")?.remove();
    part(this, "diagnosis-search")?.querySelector("input")?.focus();
    this.chosen();
  }

  private tell(key: string, values: Record<string, string> = {}): void {
    this.dataset.saved = key;
    const line = part(document, "note-status");
    if (line) line.textContent = this.say(`note-${key}`, values);
  }

  private warn = (event: BeforeUnloadEvent): void => {
    if (this.dataset.dirty === "true") event.preventDefault();
  };
}
