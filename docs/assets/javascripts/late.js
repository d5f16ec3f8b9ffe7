// Scripts that only some pages or some visits need, brought when there is something for them to do.

if (document.querySelector("details.hp-prompt")) void import(new URL("mock.js", import.meta.url).href);
if (document.querySelector(".hp-plan")) void import(new URL("plan.js", import.meta.url).href);

if (document.adoptedStyleSheets?.length) void import(new URL("late/arrival.js", import.meta.url).href);
