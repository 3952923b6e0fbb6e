// Reloads the page when the preview's site has changed; scroll position is kept
// by the browser.
(function () {
  "use strict";
  var first = null;
  var source = new EventSource("/__handbook/events");
  source.addEventListener("version", function (event) {
    if (first === null) {
      first = event.data;
    } else if (event.data !== first) {
      source.close();
      location.reload();
    }
  });
})();
