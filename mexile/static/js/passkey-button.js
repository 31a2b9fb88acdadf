// <passkey-button way="get" url="/passkeys/options">: asks the device for a passkey ("get") or has it make one
// ("create"), puts what it answers into the field `credential` of its form and sends that. Without script, or where
// the browser has no passkeys, it stays hidden, and what stands in it as [data-without] is shown instead.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function read(options) {
  const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: known(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: known(options.allowCredentials) }),
  };
}

function told(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

class PasskeyButton extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    this.hidden = false;
    this.said = this.querySelector("[role=status]");
    this.querySelector("button").addEventListener("click", () => this.ask());
  }

  async ask() {
    if (this.busy) return;
    this.busy = true;
    this.said.textContent = "";
    try {
      const answer = await fetch(this.getAttribute("url"), { credentials: "same-origin" });
      // What has to be confirmed anew, or a session that ended, is said by the page itself.
      if (answer.redirected || answer.status === 401) return location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
      const publicKey = read(await answer.json());
      const credential = await navigator.credentials[this.getAttribute("way")]({ publicKey });
      const form = this.closest("form");
      form.elements.credential.value = told(credential);
      form.requestSubmit();
    } catch (error) {
      this.said.textContent = this.getAttribute(error.name === "InvalidStateError" ? "taken" : "refused");
    } finally {
      this.busy = false;
    }
  }
}

customElements.define("passkey-button", PasskeyButton);
