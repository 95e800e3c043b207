// The server renders every word and every control; the elements here only find and move them.

// The first descendant marked data-part="name".
export function part<T extends HTMLElement = HTMLElement>(root: ParentNode, name: string): T | null {
  return root.querySelector<T>(`[data-part="${name}"]`);
}

export function parts<T extends HTMLElement = HTMLElement>(root: ParentNode, name: string): T[] {
  return [...root.querySelectorAll<T>(`[data-part="${name}"]`)];
}

export function show(element: Element | null | undefined, visible: boolean): void {
  if (element instanceof HTMLElement) element.hidden = !visible;
}

// Words come from <template data-words><span data-key="…">…</span></template>. {name} is replaced.
export function words(root: ParentNode): (key: string, values?: Record<string, string>) => string {
  const found = new Map<string, string>();
  const template = root.querySelector<HTMLTemplateElement>("template[data-words]");
  template?.content.querySelectorAll<HTMLElement>("[data-key]").forEach((word) => {
    found.set(word.dataset.key ?? "", word.textContent?.trim() ?? "");
  });
  return (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), found.get(key) ?? "");
}

export function onClick(root: ParentNode, name: string, act: (button: HTMLButtonElement) => void): void {
  for (const button of parts<HTMLButtonElement>(root, name)) button.addEventListener("click", () => act(button));
}

// A toggle button says its state to readers, and shows it.
export function press(button: HTMLElement | null, pressed: boolean): void {
  button?.setAttribute("aria-pressed", String(pressed));
}

export const wait = (ms: number): Promise<void> => new Promise((done) => window.setTimeout(done, ms));
