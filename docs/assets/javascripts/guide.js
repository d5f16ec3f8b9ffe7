// What every page loads. Finish joins it into one file (macros/exports/modules.py).
import "./scheme.js";
import "./page.js";
import "./checklists.js";
import "./links.js";
import "./search.js";
import "./prefetch.js";
import "./late.js";
