// What every page loads. Each element is a few dozen lines, holds no words, and only adds to a page
// that already works without it.
import "./auto-draft.js";
import "./idle-lock.js";
import "./live-search.js";
import "./quick-log.js";
import { sendOnce } from "./send-once.js";
import { singleKeys } from "./single-keys.js";

sendOnce(document);
singleKeys(document);

// A page that came back with problems starts there, for a screen reader and for the eye.
document.getElementById("problems")?.focus();
