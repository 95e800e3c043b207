// People who can be heard: sentences spoken by flite, as a recording for a browser's microphone; and how well they were understood.
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";

const RATE = 16_000;

/** Writes the sentences, with a pause after each, as one recording. */
export async function recording(file, voice, sentences, pauseSeconds = 1.2) {
  const pause = Buffer.alloc(Math.round(RATE * pauseSeconds) * 2);
  const parts = [pause];
  for (const [place, sentence] of sentences.entries()) {
    const one = `${file}.${place}.wav`;
    execFileSync("flite", ["-voice", voice, "-t", sentence, "-o", one]);
    const bytes = await readFile(one);
    parts.push(bytes.subarray(bytes.indexOf("data") + 8), pause);
  }
  const sound = Buffer.concat(parts);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + sound.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(sound.length, 40);
  await writeFile(file, Buffer.concat([head, sound]));
}

// Numbers are compared as digits, and units as they are printed: "five hundred milligrams" is "500 mg".
const NUMBERS = { "one hundred and thirty": "130", "100 and 30": "130", "eighty five": "85", "four hundred": "400", "five hundred": "500", milligrams: "mg", three: "3", five: "5", one: "1" };
const plain = (text) => Object.entries(NUMBERS).reduce((all, [said, written]) => all.replaceAll(new RegExp(`\\b${said}\\b`, "g"), written), text.toLowerCase().replaceAll("to-day", "today").replace(/(\d)(mg)\b/g, "$1 $2"));
const words = (text) => plain(text).match(/[\p{L}\p{N}']+/gu) ?? [];

/** Words that were exchanged, added or left out where the sentence stands in what was heard, and how many it has. */
export function wordErrors(said, heard) {
  const [one, other] = [words(said), words(heard)];
  // What was heard before and after the sentence does not count.
  let row = Array(other.length + 1).fill(0);
  for (const [line, word] of one.entries()) {
    const next = [line + 1];
    for (const [place, theirs] of other.entries()) next.push(Math.min(row[place] + (word === theirs ? 0 : 1), row[place + 1] + 1, next[place] + 1));
    row = next;
  }
  return { wrong: Math.min(...row), said: one.length };
}
