// On a plan, the tasks that were opened for a group of tracks open on the days that follow too, so that a reader chooses
// once. The days before stay as they are, so that nothing moves under the finger.
const groups = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("[data-hp-tracks]"))];
for (const [index, group] of groups.entries()) {
  group.addEventListener("toggle", () => {
    for (const other of groups.slice(index + 1)) {
      if (other.dataset.hpTracks === group.dataset.hpTracks) other.open = group.open;
    }
  });
}
