// Two people in front of the room of a visit that has just begun, and what arrives in their browsers.
import { admitted } from "./api.mjs";
import { person } from "./browser.mjs";
import { until } from "./hospital.mjs";
import { openPractice } from "./practice.mjs";

const NAMES = ["Shirin", "Farida", "Laila", "Nadia"];
let many = 0;

/** A visit, and its two people on their pages with camera and microphone. `query` goes to the room's address. */
export async function inFrontOfTheRoom(hospital, browser, { query = "" } = {}) {
  const practice = await openPractice(hospital, { name: `Dr ${NAMES[many++ % NAMES.length]} Chowdhury`, email: `doctor${many}@practice.example` });
  const going = await admitted(hospital, practice, { email: `patient${many}@example.org` });
  const enter = async (paper) => {
    const page = await person(browser, hospital, { width: 1100, height: 800 });
    await paper.handOver(page.context());
    await page.goto(`/visits/${going.visit}${query}`);
    return page;
  };
  return { going, patient: await enter(going.patient), doctor: await enter(going.doctor) };
}

export const join = (page) => page.locator("video-visit [data-when=check] [data-part=join]").click();
export const room = (page) => page.locator("video-visit");

export async function write(page, words) {
  if ((await room(page).getAttribute("data-chat")) !== "open") await page.locator("[data-part=chat-toggle]").click();
  await page.getByLabel("Write a message").fill(words);
  await page.keyboard.press("Enter");
}

/** What was said, as a page shows it. */
export const said = (page) => page.locator(".chat-line p").allInnerTexts();

/** Pictures decoded by the newest open connection, line by line, and by which transport they came. */
export async function lines(page) {
  return page.evaluate(async () => {
    const open = window.connections.filter((one) => one.connectionState === "connected").at(-1);
    const stats = [...((await open?.getStats())?.values() ?? [])];
    const pictures = stats.filter((one) => one.type === "inbound-rtp" && one.kind === "video");
    const transport = stats.find((one) => one.type === "transport");
    const pair = stats.find((one) => one.id === transport?.selectedCandidatePairId);
    const remote = stats.find((one) => one.id === pair?.remoteCandidateId);
    return {
      connection: window.connections.indexOf(open),
      frames: Object.fromEntries(pictures.map((one) => [one.mid, one.framesDecoded ?? 0])),
      total: pictures.reduce((sum, one) => sum + (one.framesDecoded ?? 0), 0),
      lost: pictures.reduce((sum, one) => sum + (one.packetsLost ?? 0), 0),
      nacks: pictures.reduce((sum, one) => sum + (one.nackCount ?? 0), 0),
      repaired: pictures.reduce((sum, one) => sum + (one.retransmittedPacketsReceived ?? 0), 0),
      transport: remote?.protocol ?? "",
      port: remote?.port ?? 0,
    };
  });
}

/** Frames a second, over so many seconds. */
export async function framesPerSecond(page, seconds = 4) {
  const before = await lines(page);
  await page.waitForTimeout(seconds * 1000);
  const after = await lines(page);
  return after.connection === before.connection ? (after.total - before.total) / seconds : 0;
}

/** Seconds until a page decodes again after `since`, which is when something broke: a new connection, and a picture that moves. */
export async function recovered(page, before, since, seconds = 40) {
  await until("the picture to move again", async () => {
    const now = await lines(page);
    return now.connection > before.connection && now.total > 3;
  }, seconds);
  return (Date.now() - since) / 1000;
}
