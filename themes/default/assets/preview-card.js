/* Cards beside internal links: the title, status and first lines of a chapter,
   or the very clause, while the pointer or the keyboard rests on its link. What
   is shown comes from preview-content.js. */
(function () {
  "use strict";
  var source = window.handbookPreviewContent;
  if (!source || !window.PointerEvent) return;

  var OPEN_AFTER = 300;
  var CLOSE_AFTER = 220;
  var GAP = 8;
  var MARGIN = 12;

  function linkOf(element) {
    var link = element && element.closest && element.closest("article a[href], .text a[href], .cited a[href]");
    var other = ".anchor, .clause-number, .external, .term, .chip, .footnote-back, [download], [role=button]";
    return link && link.origin === location.origin && !link.matches(other) ? link : null;
  }

  /* The card */

  var card = null;
  var shown = null;
  var described = "";
  var pending = null;
  var keyboard = false;
  var openTimer = 0;
  var closeTimer = 0;

  function add(parent, name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  function fill(content, limit) {
    card.textContent = "";
    card.lang = content.language;
    card.classList.toggle("preview-card-part", content.part);
    if (content.title) {
      var head = add(card, "p", "preview-card-head");
      add(head, "span", "preview-card-title", content.title);
      content.marks.forEach(function (mark) {
        head.appendChild(document.createTextNode(" "));
        add(head, "span", "pill status-" + mark[0], mark[1]);
      });
    }
    if (content.facts.length) {
      var facts = add(card, "p", "preview-card-facts");
      content.facts.forEach(function (fact, at) {
        if (at) facts.appendChild(document.createTextNode(" "));
        add(facts, "span", "", fact);
      });
    }
    if (content.label && content.heading) add(card, "p", "preview-card-label", content.label);
    source.cut(content.text, limit).split("\n").forEach(function (line, at) {
      if (!line) return;
      var paragraph = add(card, "p", "preview-card-text");
      if (!at && content.label && !content.heading) {
        add(paragraph, "b", "preview-card-number", content.label);
        paragraph.appendChild(document.createTextNode(" "));
      }
      paragraph.appendChild(document.createTextNode(line));
    });
  }

  /* Below the link, or that line of it that is pointed at, or above it where
     there is more room; never out of the window. */
  function place(link, content, point) {
    var box = link.getBoundingClientRect();
    Array.prototype.forEach.call(link.getClientRects(), function (one) {
      if (point && point.y >= one.top - 1 && point.y <= one.bottom + 1) box = one;
    });
    var width = document.documentElement.clientWidth;
    var bar = document.querySelector(".bar");
    var top = bar && getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0;
    var below = innerHeight - box.bottom - GAP - MARGIN;
    var above = box.top - top - GAP - MARGIN;
    for (var limit = source.limit; ; limit *= 0.75) {
      fill(content, limit);
      if (card.offsetHeight <= Math.max(below, above) || limit < 40) break;
    }
    var up = card.offsetHeight > below && above > below;
    var left = (point ? point.x - 24 : box.left);
    left = Math.max(MARGIN, Math.min(left, width - card.offsetWidth - MARGIN));
    card.style.left = left + scrollX + "px";
    card.style.top = (up ? box.top - GAP - card.offsetHeight : box.bottom + GAP) + scrollY + "px";
  }

  function show(link, content, point) {
    close();
    if (!card) {
      card = add(document.body, "div", "preview-card");
      card.id = "Hb-preview-card";
      card.setAttribute("role", "tooltip");
    }
    card.hidden = false;
    place(link, content, point);
    card.classList.add("shown");
    shown = link;
    described = link.getAttribute("aria-describedby") || "";
    link.setAttribute("aria-describedby", (described + " Hb-preview-card").trim());
    /* The browser's own tooltip would lie over the card. */
    if (link.title) {
      link.setAttribute("data-title", link.title);
      link.removeAttribute("title");
    }
  }

  function close() {
    clearTimeout(openTimer);
    clearTimeout(closeTimer);
    pending = null;
    if (!shown) return;
    if (described) shown.setAttribute("aria-describedby", described);
    else shown.removeAttribute("aria-describedby");
    if (shown.hasAttribute("data-title")) {
      shown.title = shown.getAttribute("data-title");
      shown.removeAttribute("data-title");
    }
    shown = null;
    card.classList.remove("shown");
    card.hidden = true;
  }

  function soon(link, point, byKeyboard) {
    clearTimeout(closeTimer);
    if (link === shown || link === pending) return;
    clearTimeout(openTimer);
    pending = link;
    openTimer = setTimeout(function () {
      Promise.resolve(link).then(source.of).then(function (content) {
        if (pending !== link) return;
        pending = null;
        if (!content || !link.isConnected) return;
        show(link, content, point);
        keyboard = byKeyboard;
      }, function () {
        /* Without data there is no card; the link works as ever. */
        if (pending === link) pending = null;
      });
    }, OPEN_AFTER);
  }

  function later() {
    clearTimeout(openTimer);
    pending = null;
    clearTimeout(closeTimer);
    if (shown) closeTimer = setTimeout(close, CLOSE_AFTER);
  }

  /* Where the pointer is. What Escape closed stays closed until the pointer has
     left its link; that a link lies bare where the card was opens none either. */
  var pointer = { x: -1, y: -1 };
  var dismissed = null;
  var still = false;
  document.addEventListener("pointermove", function (event) {
    if (event.clientX !== pointer.x || event.clientY !== pointer.y) still = false;
    pointer.x = event.clientX;
    pointer.y = event.clientY;
  }, { passive: true });
  document.addEventListener("pointerover", function (event) {
    if (event.pointerType === "touch") return;
    if (still && event.clientX === pointer.x && event.clientY === pointer.y) return;
    if (card && card.contains(event.target)) {
      clearTimeout(closeTimer);
      clearTimeout(openTimer);
      pending = null;
      return;
    }
    var link = linkOf(event.target);
    if (link && link === dismissed) return;
    dismissed = null;
    if (link) soon(link, pointer, false);
    else if (pending || !keyboard) later();
  });
  document.documentElement.addEventListener("pointerleave", function () {
    if (!keyboard) later();
  });
  document.addEventListener("focusin", function (event) {
    var link = linkOf(event.target);
    if (link && link.matches(":focus-visible")) soon(link, null, true);
  });
  document.addEventListener("focusout", function (event) {
    if (event.target === pending || event.target === shown && keyboard) close();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    if (shown) event.stopPropagation();
    dismissed = shown || pending;
    still = true;
    close();
  }, true);
  document.addEventListener("click", function (event) {
    if (!card || !card.contains(event.target)) close();
  });
  addEventListener("resize", close);
  addEventListener("pagehide", close);
})();
