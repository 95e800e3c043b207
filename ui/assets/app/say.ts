// Speaks to readers politely, and shows a toast when there is something to see.
let region: HTMLElement | undefined;

function place(): HTMLElement {
  if (!region) {
    region = document.createElement("div");
    region.className = "toasts";
    region.setAttribute("role", "status");
    region.setAttribute("aria-live", "polite");
    document.body.append(region);
  }
  return region;
}

export function say(text: string, visible = false): void {
  if (!text) return;
  const line = document.createElement("p");
  line.className = visible ? "toast" : "sr";
  line.textContent = text;
  place().append(line);
  window.setTimeout(() => line.remove(), visible ? 6000 : 3000);
}

document.addEventListener("toast", (event) => say(String((event as CustomEvent<string>).detail), true));
