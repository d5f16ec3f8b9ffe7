// Scripts that only some pages need, brought when a page has what they are for.

if (document.querySelector("details.hp-prompt")) void import(new URL("mock.js", import.meta.url).href);
if (document.querySelector(".hp-plan")) void import(new URL("plan.js", import.meta.url).href);
