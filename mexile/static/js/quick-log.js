// <quick-log reading="/services/reading"> around the log's form: while someone types, the server says how the line
// reads (chips, questions, the sentence) and that takes the place of [data-reading]. Enter takes what is proposed,
// Ctrl+Enter saves, Escape leaves. It holds no words and no names: all of them come from the server, one line at a
// time. Without this element the form has two fields and is sent with its button. Without a network the line says that
// nothing is saved; what was typed stays in it and is sent, with the token it had, when the network is back.
const REST = 160;

class QuickLog extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector(".log-form");
    this.line = this.form.elements.line;
    this.space = this.form.querySelector("[data-reading]");
    const what = this.form.elements.what;
    if (what.value) this.line.value = `${this.line.value} ${what.value}`.trim();
    what.value = "";
    this.form.addEventListener("input", (event) => this.typed(event));
    this.form.addEventListener("keydown", (event) => this.pressed(event));
    this.form.addEventListener("submit", (event) => this.hasAttribute("page") ? this.hold(event) : this.save(event));
    addEventListener("online", this.online = () => this.resume());
    if (this.line.value) this.line.setSelectionRange(this.line.value.length, this.line.value.length);
  }

  disconnectedCallback() {
    removeEventListener("online", this.online);
  }

  // The page's own form is sent by the browser, which would lose it where there is no network.
  hold(event) {
    if (navigator.onLine) return;
    event.preventDefault();
    this.cutOff(true);
    this.waiting = true;
  }

  resume() {
    if (this.waiting) this.form.requestSubmit();
    else if (this.isCutOff) this.read();
    this.waiting = false;
  }

  get isCutOff() {
    return Boolean(this.querySelector("[data-cut-off] > p"));
  }

  cutOff(is) {
    if (is === this.isCutOff) return;
    const said = this.querySelector("[data-cut-off]");
    if (is) said.append(said.querySelector("template").content.cloneNode(true));
    else said.querySelector("p").remove();
  }

  typed(event) {
    if (event.target !== this.line && !event.target.closest("[data-reading]")) return;
    clearTimeout(this.wait);
    this.wait = setTimeout(() => this.read(), event.target === this.line ? REST : 0);
  }

  pressed(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && !this.hasAttribute("page")) { this.clear(); this.line.blur(); }
    if (event.key !== "Enter" || event.target.matches("textarea, button, summary") && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) this.form.requestSubmit();
    else this.accept();
  }

  // Enter: take what is proposed; when nothing is left to take, go on to the first question or to Save.
  async accept() {
    clearTimeout(this.wait);
    await this.read(true);
    const ask = this.space.querySelector(".ask input");
    if (ask) ask.focus();
    else if (this.space.querySelector("[data-ready]")) this.form.querySelector("button:not([type=button])").focus();
  }

  async read(accept = false) {
    if (!this.line.value.trim()) return this.space.replaceChildren();
    const body = new URLSearchParams(new FormData(this.form));
    if (accept) body.set("accept", "1");
    const focused = this.space.contains(document.activeElement);
    const answer = await this.ask(this.getAttribute("reading"), body);
    if (!answer?.ok) return;
    this.show(await answer.text());
    if (focused && !accept) (this.space.querySelector(".ask input") ?? this.line).focus();
  }

  async save(event) {
    event.preventDefault();
    clearTimeout(this.wait);
    if (!this.line.value.trim()) return this.line.focus();
    if (this.saving) return;
    this.saving = true;
    try {
      const answer = await this.ask(this.form.action, new URLSearchParams(new FormData(this.form)));
      if (!answer) return void (this.waiting = this.isCutOff);
      if (answer.status === 422) return this.show(await answer.text());
      if (!answer.ok || answer.redirected) return this.form.submit();
      this.line.focus();
      if (document.querySelector("[data-renews]")) return location.assign(answer.headers.get("X-Leads-To"));
      this.clear();
      const said = this.querySelector("[data-said]");
      said.replaceChildren(...this.parse(await answer.text()));
      this.form.elements.form_token.value = answer.headers.get("X-Form-Token");
    } finally {
      this.saving = false;
      delete this.form.dataset.sent;
      this.form.removeAttribute("aria-busy");
      for (const button of this.form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
    }
  }

  // A newer line makes the older answer worthless. A locked session leads to the lock.
  async ask(url, body) {
    this.flight?.abort();
    this.flight = new AbortController();
    try {
      const answer = await fetch(url, { method: "POST", body, signal: this.flight.signal, headers: { "X-Fragment": "1" }, credentials: "same-origin" });
      this.cutOff(false);
      if (answer.status === 423) location.assign(answer.headers.get("HX-Redirect"));
      return answer;
    } catch (error) {
      if (error.name !== "AbortError") this.cutOff(true);
      return null;
    }
  }

  show(text) {
    this.space.replaceChildren(...this.parse(text));
  }

  parse(text) {
    return new DOMParser().parseFromString(text, "text/html").body.childNodes;
  }

  clear() {
    this.line.value = "";
    this.space.replaceChildren();
  }
}

customElements.define("quick-log", QuickLog);
