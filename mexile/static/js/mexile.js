// What every page loads, a stranger's too. No script holds words, and each only adds to a page that already
// works without it.
import { sendOnce } from "./send-once.js";

sendOnce(document);

// A page that came back with problems starts there, for a screen reader and for the eye.
document.getElementById("problems")?.focus();
