// Papers and photos from outside: several at once with scripts, one by one without; what is refused says why and stays in the form.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { deflateSync, crc32 } from "node:zlib";
import { noFaults, openBrowser, person, picture, signIn } from "./support/browser.mjs";
import { Hospital, until } from "./support/hospital.mjs";
import { examine } from "./support/pages.mjs";

const PATIENT = "patient@demo.example", DOCTOR = "doctor@demo.example";
let hospital, browser;

before(async () => {
  [hospital, browser] = await Promise.all([Hospital.open(), openBrowser()]);
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

/** A one-page PDF with a table that counts its bytes. */
function pdf(words) {
  const text = `BT /F1 18 Tf 60 770 Td (${words}) Tj ET`;
  const objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>", `<< /Length ${text.length} >>\nstream\n${text}\nendstream`];
  let file = "%PDF-1.7\n", table = "xref\n0 5\n0000000000 65535 f \n";
  objects.forEach((object, at) => {
    table += `${String(file.length).padStart(10, "0")} 00000 n \n`;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
  });
  return { name: `${words}.pdf`, mimeType: "application/pdf", buffer: Buffer.from(`${file}${table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`) };
}

/** A grey PNG of 40 × 30. */
function png(name) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]), size = Buffer.alloc(4), sum = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const head = Buffer.from([0, 0, 0, 40, 0, 0, 0, 30, 8, 0, 0, 0, 0]);
  const rows = Buffer.concat(Array.from({ length: 30 }, () => Buffer.from([0, ...Array(40).fill(120)])));
  return { name, mimeType: "image/png", buffer: Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]) };
}

const words = (page) => page.locator("main").innerText();

test("with scripts several files go in one by one, and what is refused says why beside its name", { timeout: 120_000 }, async () => {
  const page = await person(browser, hospital);
  await signIn(page, PATIENT);
  await page.goto("/record/documents/new");
  await page.getByLabel("What is it?").selectOption("imaging");
  await page.locator("#file").setInputFiles([pdf("Chest film"), png("knee.png"), { name: "all.zip", mimeType: "application/zip", buffer: Buffer.from("PK\x03\x04 much") }]);
  assert.equal(await page.locator("[data-uploads] li").count(), 3);
  await page.getByRole("button", { name: "Send" }).click();
  await until("the refusal", async () => /This is an archive/.test(await page.locator("[data-uploads]").innerText()));
  assert.match(page.url(), /\/new$/, "the form stays");
  await picture(page, "documents-upload");
  assert.deepEqual(await examine(page), []);
  await page.getByRole("button", { name: "Leave out all.zip" }).click();
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL(/\/record\/documents$/);
  await until("both to be checked", async () => {
    await page.reload();
    return (await page.locator("tr", { hasText: /Chest film|knee/ }).getByRole("link", { name: /Download/ }).count()) === 2;
  });
  // The refusal of a file is told by its status, which the console repeats.
  page.faults = page.faults.filter((line) => !/422/.test(line));
  noFaults(page);
});

test("without scripts the form sends one file, keeps the words of a refusal, and what is removed comes back", { timeout: 120_000 }, async () => {
  const page = await person(browser, hospital, { scripts: false });
  await signIn(page, PATIENT);
  await page.goto("/record/documents");
  await page.getByRole("link", { name: "Add a document" }).first().click();
  await page.getByLabel("What is it?").selectOption("referral");
  await page.getByLabel(/What shall it be called/).fill("To the allergy clinic");
  await page.locator("#file").setInputFiles({ name: "letter.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") });
  await page.getByRole("button", { name: "Send" }).click();
  assert.match(await words(page), /This is a web page or a drawing/);
  assert.equal(await page.getByLabel(/What shall it be called/).inputValue(), "To the allergy clinic");
  await page.locator("#file").setInputFiles(pdf("letter"));
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("link", { name: "To the allergy clinic", exact: true }).click();
  await page.getByText("Remove this document").first().click();
  await page.getByRole("button", { name: "Remove this document" }).click();
  assert.match(await words(page), /The document is removed/);
  await page.getByRole("button", { name: "Bring it back" }).click();
  assert.match(await words(page), /The document is back/);
});

test("patient and doctor see the documents, on desk and phone, in both directions of writing", { timeout: 180_000 }, async () => {
  const patient = await person(browser, hospital);
  await signIn(patient, PATIENT);
  await until("the photo to be checked", async () => {
    await patient.goto("/record/documents?kind=photo");
    return (await patient.getByRole("link", { name: /Download/ }).count()) > 0;
  });
  const photo = await patient.getByRole("link", { name: "Rash on the left elbow", exact: true }).getAttribute("href");
  for (const [path, name] of [["/record", "record"], ["/record/documents", "documents"], [photo, "document"], ["/record/documents/new", "documents-new"]]) {
    await patient.goto(path);
    await picture(patient, `${name}-en`);
  }
  await patient.goto(photo);
  assert.ok(await patient.locator(".document-picture img").evaluate((image) => image.complete && image.naturalWidth > 0), "the preview is shown");
  const doctor = await person(browser, hospital);
  await signIn(doctor, DOCTOR);
  await patient.goto("/record/documents/new");
  const chart = await patient.evaluate(async () => {
    const id = document.querySelector("document-upload").dataset.call.match(/[0-9a-f-]{36}/)[0];
    const { items } = await (await fetch("/api/v1/doctors?q=Nusrat+Rahman")).json();
    const headers = { "content-type": "application/json", "x-csrf-token": document.querySelector("[name=_csrf]").value };
    const given = await fetch(`/api/v1/patients/${id}/consents`, { method: "POST", headers, body: JSON.stringify({ doctor_id: items[0].id }) });
    return given.status === 201 ? `/doctor/patients/${id}` : "";
  });
  assert.ok(chart, "the patient lets the doctor see the record");
  await doctor.goto(chart);
  await picture(doctor, "chart-en");
  await doctor.goto(`${chart}/documents`);
  await picture(doctor, "doctor-documents-en");
  assert.deepEqual(await examine(doctor), []);
  await doctor.getByRole("link", { name: "Rash on the left elbow", exact: true }).click();
  await picture(doctor, "doctor-document-en");
  assert.deepEqual(await examine(doctor), []);
  await patient.context().addCookies([{ name: "locale", value: "ar", url: hospital.base }]);
  for (const [path, name] of [["/record/documents", "documents"], [photo, "document"], ["/record/documents/new", "documents-new"]]) {
    await patient.goto(path);
    await picture(patient, `${name}-ar`);
    assert.deepEqual(await examine(patient), []);
  }
  noFaults(patient, doctor);
});
