// <find-choice label="..."> around a <select> of many words: a field in which one types a part of the word, accents or
// not, and a list of those that have it. Arrows, Enter, Tab, Escape and a screen reader work as in any combobox
// (ARIA APG, list autocomplete). The select stays, unseen, and is what the form sends; without script it is all there is.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

class FindChoice extends HTMLElement {
  connectedCallback() {
    this.select = this.querySelector("select");
    if (!this.select || this.field) return;
    const id = this.select.id || this.select.name;
    this.field = Object.assign(document.createElement("input"), { type: "text", autocomplete: "off", spellcheck: false, role: "combobox" });
    this.list = Object.assign(document.createElement("ul"), { id: `${id}-list`, role: "listbox", hidden: true });
    const label = this.select.labels[0];
    this.select.ariaLabel ??= label?.firstChild.textContent.trim();
    this.list.ariaLabel = this.select.ariaLabel;
    for (const [name, value] of Object.entries({ "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list" })) this.field.setAttribute(name, value);
    for (const name of ["aria-describedby", "aria-invalid", "aria-label"]) if (this.select.hasAttribute(name) && (name !== "aria-label" || !label)) this.field.setAttribute(name, this.select.getAttribute(name));
    this.select.id = `${id}-sent`;
    this.field.id = id;
    this.select.hidden = true;
    this.append(this.field, this.list);
    this.shown();
    this.field.addEventListener("focus", () => this.field.select());
    this.field.addEventListener("click", () => this.open(""));
    this.field.addEventListener("input", (event) => { event.stopPropagation(); this.open(this.field.value); });
    this.field.addEventListener("change", (event) => event.stopPropagation());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.field.addEventListener("blur", () => this.leave());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
    this.select.addEventListener("change", () => this.shown());
    this.renew = () => this.shown();
    this.select.form?.addEventListener("reset", () => setTimeout(this.renew));
    addEventListener("pageshow", this.renew);
  }

  disconnectedCallback() {
    removeEventListener("pageshow", this.renew);
  }

  shown() {
    const chosen = this.select.selectedOptions[0];
    this.field.value = chosen?.value ? chosen.text : "";
    if (!this.field.value) this.field.placeholder = this.getAttribute("label") ?? "";
  }

  open(typed) {
    const wanted = plain(typed.trim()).split(/\s+/);
    const has = (text) => wanted.every((part) => text.includes(part));
    const first = (option) => Number(!plain(option.text).startsWith(wanted.join(" ")));
    const found = [...this.select.options].filter((option) => !option.disabled && has(plain(option.text))).sort((a, b) => first(a) - first(b));
    this.list.replaceChildren(...found.map((option, at) => {
      const line = Object.assign(document.createElement("li"), { id: `${this.list.id}-${at}`, role: "option", textContent: option.text });
      line.dataset.at = option.index;
      line.ariaSelected = "false";
      return line;
    }));
    const none = !found.length && typed;
    if (none) this.list.append(Object.assign(document.createElement("li"), { role: "option", ariaDisabled: "true", textContent: this.getAttribute("none") ?? "–" }));
    this.list.hidden = !this.list.childElementCount;
    this.field.ariaExpanded = String(!this.list.hidden);
    const chosen = typed ? 0 : found.findIndex((option) => option.selected);
    this.point(none ? -1 : chosen);
  }

  get isOpen() { return !this.list.hidden; }
  get lines() { return [...this.list.querySelectorAll("[data-at]")]; }

  point(at) {
    for (const line of this.lines) line.ariaSelected = "false";
    this.at = at;
    const line = this.lines[at];
    if (line) {
      line.ariaSelected = "true";
      line.scrollIntoView({ block: "nearest" });
      this.field.setAttribute("aria-activedescendant", line.id);
    } else this.field.removeAttribute("aria-activedescendant");
  }

  close() {
    this.list.hidden = true;
    this.field.ariaExpanded = "false";
    this.field.removeAttribute("aria-activedescendant");
  }

  take(line) {
    if (!line?.dataset.at) return;
    this.select.selectedIndex = Number(line.dataset.at);
    this.close();
    for (const kind of ["input", "change"]) this.select.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  // What was typed and not chosen: nothing of it is sent, so the field shows again what is. Emptied, it chooses nothing.
  leave() {
    const none = [...this.select.options].find((option) => !option.value);
    if (!this.field.value.trim() && none && !none.selected) {
      none.selected = true;
      for (const kind of ["input", "change"]) this.select.dispatchEvent(new Event(kind, { bubbles: true }));
    } else if (this.isOpen && this.field.value && this.lines.length === 1) this.take(this.lines[0]);
    this.close();
    this.shown();
  }

  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!this.isOpen) return this.open("");
      const count = this.lines.length;
      if (count) this.point((this.at + (key === "ArrowDown" ? 1 : this.at < 0 ? 0 : -1) + count) % count);
    } else if (key === "Tab" && this.isOpen && this.field.value) {
      this.take(this.lines[this.at]);
    } else if (key === "Enter" && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.take(this.lines[this.at]);
    } else if (key === "Escape" && this.isOpen) {
      event.stopPropagation();
      this.close();
      this.shown();
    }
  }
}

customElements.define("find-choice", FindChoice);
