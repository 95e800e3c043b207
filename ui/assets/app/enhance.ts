// Small manners of every page: focus on errors, one submission per click, dialogs, menus that close, unsaved drafts.
import { listen } from "./live-region";
import { say } from "./say";

export function enhance(): void {
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeMenus());
  document.addEventListener("input", (event) => (event.target as Element).closest("form[data-guard]")?.setAttribute("data-dirty", ""));
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-dirty]")) event.preventDefault();
  });
  window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("[aria-busy=true]")) button.removeAttribute("aria-busy");
  });
  showCurrent();
  unread();
  counts();
}

// A second press while the first is under way does nothing.
function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const button = event.submitter ?? form.querySelector<HTMLElement>("[type=submit]");
  if (button?.getAttribute("aria-busy") === "true") return event.preventDefault();
  if (form.method === "dialog") return;
  form.removeAttribute("data-dirty");
  button?.setAttribute("aria-busy", "true");
  // A download leaves the page where it is: give the button back.
  window.setTimeout(() => button?.removeAttribute("aria-busy"), 8000);
}

function onClick(event: MouseEvent): void {
  const target = event.target as Element;
  const opener = target.closest<HTMLElement>("[data-dialog]");
  if (opener) document.querySelector<HTMLDialogElement>(`dialog#${CSS.escape(opener.dataset.dialog ?? "")}`)?.showModal();
  if (target instanceof HTMLDialogElement) target.close();
  const printer = target.closest("[data-print]");
  if (printer) window.print();
  const row = target.closest<HTMLElement>("tr[data-row]");
  if (row && !target.closest("a, button, input, label, summary")) row.querySelector<HTMLElement>("a")?.click();
  closeMenus(target.closest("details.menu"));
}

function closeMenus(except: Element | null = null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (menu === except) continue;
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary")?.focus();
  }
}

// Of tabs that do not fit, the current one is seen.
function showCurrent(): void {
  for (const current of document.querySelectorAll<HTMLElement>(":is(.tabs, .rail) [aria-current]")) {
    const strip = current.closest<HTMLElement>(".tabs, .rail");
    if (!strip || strip.scrollWidth <= strip.clientWidth) continue;
    const [inside, around] = [current.getBoundingClientRect(), strip.getBoundingClientRect()];
    strip.scrollLeft += inside.left + inside.width / 2 - around.left - around.width / 2;
  }
}

// A number beside a link is fetched once the page stands, and again when a notice arrives.
function counts(): void {
  const places = document.querySelectorAll<HTMLElement>("[data-count-src]");
  if (places.length === 0) return;
  const refresh = async (place: HTMLElement): Promise<void> => {
    const answer = await fetch(place.dataset.countSrc ?? "", { headers: { accept: "application/json" } });
    if (!answer.ok) return;
    const { count } = (await answer.json()) as { count: number };
    const number = place.querySelector("[data-count-number]");
    if (number) number.textContent = String(count);
    place.hidden = count === 0;
  };
  const all = (): void => places.forEach((place) => void refresh(place).catch(() => undefined));
  all();
  listen(["notice"], all);
}

// The bell counts up when a notice arrives while the page is open.
function unread(): void {
  const places = document.querySelectorAll<HTMLElement>("[data-unread]");
  if (places.length === 0) return;
  listen(["notice"], (event) => {
    if (!event) return;
    for (const place of places) {
      const number = place.querySelector("[data-unread-number]");
      if (number) number.textContent = String(Number(number.textContent) + 1);
      place.hidden = false;
    }
    const bell = document.querySelector(".bell");
    say((bell?.querySelector(".sr, .rail-label")?.textContent ?? "").trim(), true);
  });
}
