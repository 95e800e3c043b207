// Passkeys: <passkey-sign-in> and <passkey-enrolment>. Both stay hidden where the browser or the address has none (WebAuthn
// refuses IP addresses), so that the forms beside them are never in the way.

type Ceremony = { id: string; options: { publicKey: Record<string, unknown> } };
type Described = { id: string; [more: string]: unknown };

const fromText = (text: string): ArrayBuffer => {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)).buffer;
};

const toText = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const described = (list: unknown): PublicKeyCredentialDescriptor[] =>
  ((list as Described[] | undefined) ?? []).map((one) => ({ ...one, id: fromText(one.id) }) as unknown as PublicKeyCredentialDescriptor);

const isPossible = (): boolean =>
  "PublicKeyCredential" in window && window.isSecureContext && !/^[\d.]+$|^\[/.test(location.hostname);

abstract class PasskeyElement extends HTMLElement {
  connectedCallback(): void {
    if (!isPossible()) return;
    this.hidden = false;
    const button = this.querySelector("button");
    button?.addEventListener("click", () => {
      button.disabled = true;
      this.say("");
      this.run()
        .catch(() => this.say(this.dataset.refused ?? ""))
        .finally(() => {
          button.disabled = false;
        });
    });
  }

  protected abstract run(): Promise<void>;

  protected async begin(): Promise<Ceremony> {
    return (await this.post(this.dataset.options ?? "", {})) as Ceremony;
  }

  protected async finish(body: object): Promise<void> {
    const answer = (await this.post(this.dataset.answer ?? "", body)) as { next: string };
    location.assign(answer.next);
  }

  protected say(text: string): void {
    const line = this.querySelector<HTMLElement>(".field-error");
    if (!line) return;
    line.textContent = text;
    line.hidden = text === "";
  }

  private async post(path: string, body: object): Promise<unknown> {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-csrf-token": this.dataset.csrf ?? "", accept: "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }
}

class PasskeySignIn extends PasskeyElement {
  protected async run(): Promise<void> {
    const { id, options } = await this.begin();
    const asked = options.publicKey;
    const credential = (await navigator.credentials.get({
      publicKey: {
        ...asked,
        challenge: fromText(asked.challenge as string),
        allowCredentials: described(asked.allowCredentials),
      } as PublicKeyCredentialRequestOptions,
    })) as PublicKeyCredential;
    const response = credential.response as AuthenticatorAssertionResponse;
    await this.finish({
      ceremony: id,
      next: this.dataset.next ?? "",
      credential: {
        id: credential.id,
        rawId: toText(credential.rawId),
        type: credential.type,
        extensions: {},
        response: {
          authenticatorData: toText(response.authenticatorData),
          clientDataJSON: toText(response.clientDataJSON),
          signature: toText(response.signature),
          userHandle: response.userHandle ? toText(response.userHandle) : null,
        },
      },
    });
  }
}

class PasskeyEnrolment extends PasskeyElement {
  protected async run(): Promise<void> {
    const name = this.querySelector("input")?.value.trim() || "Passkey";
    const password = this.querySelector<HTMLInputElement>("[type=password]")?.value ?? "";
    const { id, options } = await this.begin();
    const asked = options.publicKey as Record<string, unknown> & { user: { id: string } };
    const credential = (await navigator.credentials.create({
      publicKey: {
        ...asked,
        challenge: fromText(asked.challenge as string),
        user: { ...asked.user, id: fromText(asked.user.id) },
        excludeCredentials: described(asked.excludeCredentials),
      } as unknown as PublicKeyCredentialCreationOptions,
    })) as PublicKeyCredential;
    const response = credential.response as AuthenticatorAttestationResponse;
    await this.finish({
      ceremony: id,
      name,
      password,
      credential: {
        id: credential.id,
        rawId: toText(credential.rawId),
        type: credential.type,
        extensions: {},
        response: {
          attestationObject: toText(response.attestationObject),
          clientDataJSON: toText(response.clientDataJSON),
          transports: response.getTransports?.() ?? [],
        },
      },
    });
  }
}

customElements.define("passkey-sign-in", PasskeySignIn);
customElements.define("passkey-enrolment", PasskeyEnrolment);
