// <auto-draft url="/draft" path="/members/new"> around a form: what is typed is kept on the server, sealed, and
// never in the browser, so that a lock, a lost connection or a closed lid loses nothing. When the page is opened
// again, what was typed comes back, and [data-restored] inside the element says so. Files and passwords stay out.
const REST = 1500;
const OUT = new Set(["csrf", "form_token"]);

class AutoDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.addEventListener("input", () => {
      clearTimeout(this.wait);
      this.wait = setTimeout(() => this.keep(), REST);
    });
    this.form.addEventListener("submit", (event) => { if (!event.defaultPrevented) this.drop(); });
    this.form.addEventListener("reset", () => this.drop());
    this.leave = () => { if (this.wait && document.visibilityState === "hidden") this.keep(); };
    document.addEventListener("visibilitychange", this.leave);
    // A form that came back with problems holds newer words than the draft.
    if (!this.querySelector("[aria-invalid=true]") && !document.getElementById("problems")) this.restore();
  }

  disconnectedCallback() {
    clearTimeout(this.wait);
    document.removeEventListener("visibilitychange", this.leave);
  }

  get fields() {
    return [...this.form.elements].filter((field) => field.name && !OUT.has(field.name)
      && !["password", "file", "submit", "button", "fieldset"].includes(field.type));
  }

  typed() {
    return this.fields.filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
      .map((field) => [field.name, field.value]);
  }

  ask(method, body) {
    const url = new URL(this.getAttribute("url"), location.href);
    if (method !== "POST") url.searchParams.set("path", this.getAttribute("path"));
    const headers = { "X-CSRF": this.form.elements.csrf?.value ?? "" };
    return fetch(url, { method, body, headers, credentials: "same-origin", keepalive: method !== "GET" });
  }

  async keep() {
    clearTimeout(this.wait);
    this.wait = null;
    const body = new URLSearchParams({ path: this.getAttribute("path"), fields: JSON.stringify(this.typed()) });
    try {
      this.toggleAttribute("kept", (await this.ask("POST", body)).ok);
    } catch {
      this.removeAttribute("kept");
    }
  }

  drop() {
    clearTimeout(this.wait);
    this.wait = null;
    this.ask("DELETE").catch(() => {});
  }

  async restore() {
    try {
      const answer = await this.ask("GET");
      const kept = answer.ok && !answer.redirected ? await answer.json() : [];
      if (kept.length && !this.wait) this.fill(kept);
    } catch {
      // Nothing was kept, or it can't be reached: the empty form is the truth.
    }
  }

  fill(kept) {
    const left = kept.map((pair) => [...pair]);
    const take = (name, value) => {
      const index = left.findIndex(([a, b]) => a === name && (value === undefined || b === value));
      return index < 0 ? undefined : left.splice(index, 1)[0][1];
    };
    for (const field of this.fields) {
      if (["checkbox", "radio"].includes(field.type)) field.checked = take(field.name, field.value) !== undefined;
      else if (field.type !== "hidden") field.value = take(field.name) ?? field.value;
    }
    this.querySelector("[data-restored]")?.removeAttribute("hidden");
  }
}

customElements.define("auto-draft", AutoDraft);
