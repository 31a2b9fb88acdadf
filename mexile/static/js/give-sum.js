// <give-sum data-once="Give {sum}" data-month="Give {sum} a month"> around the button of the giving form: the button
// says the sum. Words come from the page. Writing another amount chooses "other" by itself.
class GiveSum extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.button = this.querySelector("button");
    this.plain = this.button.textContent;
    this.form.addEventListener("input", (event) => this.say(event.target));
    this.form.addEventListener("change", () => this.say());
    this.say();
  }

  say(changed) {
    const { other, every } = this.form.elements;
    const choices = [...this.form.querySelectorAll("input[name=amount]")];
    const last = choices.at(-1);
    if (changed === other && other.value.trim()) last.checked = true;
    const chosen = choices.find((choice) => choice.checked);
    const sum = chosen === last ? this.read(other.value) : chosen?.closest("label").textContent.trim();
    const words = every.value === "month" ? this.dataset.month : this.dataset.once;
    this.button.textContent = sum ? words.replace("{sum}", sum) : this.plain;
  }

  // "50", "50,25", "1,000.50" and "1.000,50" as the form reads them; nothing where it would ask, as of "1.000".
  read(text) {
    const body = text.trim().replace(/^(US)?\$\s*/, "");
    const spelled = /^(\d{1,6}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d{1,2}))?$/.exec(body);
    const found = spelled ?? /^(\d{1,6}|[1-9]\d{0,2}(?:\.\d{3})+(?=,))(?:,(\d{1,2}))?$/.exec(body);
    const whole = found && Number(found[1].replace(/[.,]/g, "")).toLocaleString("en-US");
    return found && "$" + whole + (found[2] ? "." + found[2].padEnd(2, "0") : "");
  }
}

customElements.define("give-sum", GiveSum);
