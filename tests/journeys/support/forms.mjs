// A browser without scripts, in a hundred lines: pages, cookies, and forms that are posted with their hidden fields.
import assert from "node:assert/strict";

const decode = (text) => text.replace(/&quot;|&#34;/g, '"').replace(/&#x27;|&#39;/g, "'").replace(/&lt;|&#60;/g, "<").replace(/&gt;|&#62;/g, ">").replace(/&amp;|&#38;/g, "&");

export class Paper {
  constructor(base) {
    this.base = base;
    this.cookies = new Map();
  }

  async send(method, path, body, headers = {}) {
    const url = new URL(path, this.at ?? this.base);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, { method, body, redirect: "manual", headers: { accept: "text/html", origin: this.base, cookie, ...headers } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (value === "" || /max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    if (answer.status >= 300 && answer.status < 400) {
      await answer.body?.cancel();
      this.at = url.href;
      return this.send("GET", answer.headers.get("location"));
    }
    this.at = url.href;
    this.status = answer.status;
    this.html = await answer.text();
    return this;
  }

  async get(path) {
    await this.send("GET", path);
    assert.equal(this.status, 200, `${path} answered ${this.status}: ${this.words}`);
    return this;
  }

  /** Posts the form of the open page whose action fits, with what its fields hold, changed by `fields`. */
  async post(action, fields) {
    const form = this.forms.find((one) => action.test(one.action));
    assert.ok(form, `a form for ${action} on ${this.at}; there is ${this.forms.map((one) => one.action)}`);
    const entries = [...form.fields.filter(([name]) => !(name in fields)), ...Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))];
    const body = form.multipart ? new FormData() : new URLSearchParams();
    for (const [name, value] of entries) body.append(name, value);
    await this.send("POST", form.action, body);
    assert.ok(this.status < 400, `${form.action} answered ${this.status}: ${this.words}`);
    return this;
  }

  /** The same person, for a real browser. */
  async handOver(context) {
    await context.addCookies([...this.cookies].map(([name, value]) => ({ name, value, url: this.base })));
  }

  get path() {
    return new URL(this.at).pathname;
  }

  get words() {
    return decode((this.html ?? "").replace(/<(script|style|template|svg)[\s\S]*?<\/\1>/g, " ").replace(/<[^>]+>/g, " ")).replace(/\s+/g, " ").trim();
  }

  get forms() {
    return [...this.html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head, inside]) => ({
      action: decode(head.match(/action="([^"]*)"/)?.[1] ?? this.at),
      multipart: head.includes("multipart"),
      fields: [...inputs(inside), ...choices(inside), ...texts(inside)],
    }));
  }
}

function inputs(html) {
  return [...html.matchAll(/<input\b([^>]*)>/g)].flatMap(([, head]) => {
    const attribute = (name) => head.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1];
    const kind = attribute("type") ?? "text";
    const skipped = kind === "file" || (["radio", "checkbox"].includes(kind) && !/\bchecked\b/.test(head));
    return attribute("name") && !skipped ? [[attribute("name"), decode(attribute("value") ?? "")]] : [];
  });
}

function choices(html) {
  return [...html.matchAll(/<select\b[^>]*\bname="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)].map(([, name, options]) => {
    const values = [...options.matchAll(/<option\b[^>]*\bvalue="([^"]*)"([^>]*)>/g)];
    const chosen = values.find(([whole]) => /\bselected\b/.test(whole)) ?? values[0];
    return [name, decode(chosen?.[1] ?? "")];
  });
}

function texts(html) {
  return [...html.matchAll(/<textarea\b[^>]*\bname="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g)].map(([, name, text]) => [name, decode(text)]);
}
