// What the pages behind the door load beside: each element is a few dozen lines.
import "./auto-draft.js";
import "./idle-lock.js";
import "./live-search.js";
import "./quick-log.js";
import { singleKeys } from "./single-keys.js";

singleKeys(document);
