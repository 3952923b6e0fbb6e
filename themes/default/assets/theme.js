/* Runs before the first paint: the kept choice of light or dark, the fact that
   there is script, and, on redirect pages, the way on with its anchor. */
const root = document.documentElement;
const to = root.getAttribute("data-redirect");
if (to) {
  location.replace(to + (to.includes("#") ? "" : location.hash));
}
root.classList.add("script");
try {
  const choice = localStorage.getItem("handbook-theme");
  if (choice === "light" || choice === "dark") {
    root.setAttribute("data-theme", choice);
  }
} catch (error) {
  /* Storage may be forbidden, as in some browsers from file://. */
}
