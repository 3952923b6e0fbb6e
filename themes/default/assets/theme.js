/* Runs before the first paint: applies the stored choice of light or dark, marks that scripts run,
   and on redirect pages goes on with the anchor. */
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
