// Reloads the page when the preview's site is newer than what the page shows;
// scroll position is kept by the browser.
(function () {
  "use strict";
  var shown = document.currentScript.getAttribute("data-version");
  var source = new EventSource("/__handbook/events");
  source.addEventListener("version", function (event) {
    if (event.data !== shown) {
      source.close();
      location.reload();
    }
  });
})();
