// <note-commands>: the line on which a command is typed. "/" leads here from anywhere on the page, and from an empty line of the note; choosing
// one opens its form; Ctrl+Enter commits the form, or everything that is staged. Without scripts the buttons below it do the same.
export class NoteCommands extends HTMLElement {
  private stop = new AbortController();

  connectedCallback(): void {
    this.stop = new AbortController();
    const options = { signal: this.stop.signal };
    this.addEventListener("search-combobox", () => this.querySelector<HTMLFormElement>(".command-line")?.requestSubmit(), options);
    document.addEventListener("keydown", (event) => this.key(event), options);
  }

  disconnectedCallback(): void {
    this.stop.abort();
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target as Element;
    const area = target.closest<HTMLTextAreaElement>("visit-note textarea");
    const elsewhere = target.closest("input, textarea, select, [contenteditable], dialog[open]");
    if (area ? !onEmptyLine(area) : elsewhere) return;
    if (!area && localStorage.getItem("keys") === "off") return;
    event.preventDefault();
    const line = this.querySelector<HTMLInputElement>(".command-line input");
    line?.focus();
    line?.select();
  }
}

function onEmptyLine(area: HTMLTextAreaElement): boolean {
  const before = area.value.slice(0, area.selectionStart);
  const after = area.value.slice(area.selectionEnd);
  return (before === "" || before.endsWith("\n")) && (after === "" || after.startsWith("\n"));
}

// Ctrl+Enter (Cmd on a Mac) where a form of commands has the focus, or its list.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const panel = (event.target as Element).closest("#commands-panel");
  const button = panel?.querySelector<HTMLButtonElement>("[data-commit]") ?? panel?.querySelector<HTMLButtonElement>("[data-commit-all]");
  if (!button) return;
  event.preventDefault();
  button.click();
});
