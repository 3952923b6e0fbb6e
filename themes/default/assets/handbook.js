/* What makes reading handier and nothing that reading needs: sheets on the
   phone, light and dark, copied links, the place in the contents, print. */
(function () {
  "use strict";
  var root = document.documentElement;

  /* A part of the page by its id, which no chapter can have, or by its place
     where a project's own template has no such id. */
  function part(id, place) {
    return document.getElementById("Hb-" + id) || document.querySelector(place);
  }

  function all(selector, from) {
    return Array.prototype.slice.call((from || document).querySelectorAll(selector));
  }

  /* A word at the foot of the window, read aloud too. */
  var toast = document.querySelector("body > .toast");
  var toastTimer;
  function say(text) {
    if (!toast || !text) return;
    toast.textContent = text;
    toast.classList.add("shown");
    clearTimeout(toastTimer);
    toastTimer = setTimeout(function () {
      toast.classList.remove("shown");
      toast.textContent = "";
    }, 2500);
  }

  /* Light, dark, or as the system. */
  function themeSwitch() {
    var button = document.querySelector(".theme-switch");
    if (!button) return;
    var order = ["auto", "light", "dark"];
    function current() {
      return root.getAttribute("data-theme") || "auto";
    }
    function label() {
      var text = button.getAttribute("data-" + current());
      button.setAttribute("aria-label", text);
      button.title = text;
    }
    button.hidden = false;
    label();
    button.addEventListener("click", function () {
      var next = order[(order.indexOf(current()) + 1) % order.length];
      if (next === "auto") root.removeAttribute("data-theme");
      else root.setAttribute("data-theme", next);
      try {
        if (next === "auto") localStorage.removeItem("handbook-theme");
        else localStorage.setItem("handbook-theme", next);
      } catch (error) {
        /* The choice then lasts as long as the page. */
      }
      label();
      say(button.title);
    });
  }

  /* The menu and the contents as sheets: without script they open by :target. */
  function sheets() {
    var open = null;
    var opener = null;
    function others(sheet) {
      return all(".skip, .bar, main, .foot, .navigation, .outline").filter(function (part) {
        return part !== sheet;
      });
    }
    function close(back) {
      if (!open) return;
      open.classList.remove("open-sheet");
      others(open).forEach(function (part) {
        part.inert = false;
      });
      root.classList.remove("sheet-open");
      open = null;
      if (back && opener) opener.focus();
    }
    function name() {
      all("[data-sheet]").forEach(function (button) {
        button.setAttribute("role", "button");
      });
    }
    function show(button) {
      var sheet = document.getElementById(button.hash.slice(1));
      if (!sheet) return false;
      close(false);
      open = sheet;
      opener = button;
      sheet.classList.add("open-sheet");
      root.classList.add("sheet-open");
      others(sheet).forEach(function (part) {
        part.inert = true;
      });
      sheet.focus();
      return true;
    }
    name();
    document.addEventListener("handbook:updated", name);
    document.addEventListener("click", function (event) {
      var button = event.target.closest("[data-sheet]");
      if (button && show(button)) {
        event.preventDefault();
        return;
      }
      if (!open) return;
      var link = event.target.closest("a");
      if (!open.contains(event.target)) close(true);
      else if (link) {
        var leaves = link.classList.contains("sheet-close");
        if (leaves) event.preventDefault();
        close(leaves);
      }
    });
    document.addEventListener("keydown", function (event) {
      var button = event.key === " " && event.target.closest("[data-sheet]");
      if (!button) return;
      event.preventDefault();
      button.click();
    });
    document.addEventListener("keydown", function (event) {
      if (!open) return;
      if (event.key === "Escape") close(true);
      if (event.key !== "Tab") return;
      var stops = all("a[href], button", open).filter(function (stop) {
        return stop.offsetParent !== null;
      });
      var last = stops[stops.length - 1];
      var at = document.activeElement;
      if (event.shiftKey && (at === stops[0] || at === open)) {
        event.preventDefault();
        last.focus();
      } else if (!event.shiftKey && at === last) {
        event.preventDefault();
        stops[0].focus();
      }
    });
    addEventListener("resize", function () {
      if (open && getComputedStyle(open).position !== "fixed") close(false);
    });
  }

  /* Copying a link to a heading or a clause. */
  function copyOld(text) {
    var area = document.createElement("textarea");
    area.value = text;
    area.className = "copy-area";
    document.body.appendChild(area);
    area.select();
    var done = false;
    try {
      done = document.execCommand("copy");
    } catch (error) {
      /* Then the address bar still shows the link. */
    }
    area.remove();
    return done;
  }
  function copyLinks() {
    document.addEventListener("click", function (event) {
      var link = event.target.closest && event.target.closest("a.anchor, a.clause-number");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      var word = document.body.getAttribute("data-copied");
      /* An intranet is often plain http, where there is no clipboard object. */
      if (navigator.clipboard && window.isSecureContext) {
        navigator.clipboard.writeText(link.href).then(
          function () { say(word); },
          function () { if (copyOld(link.href)) say(word); }
        );
      } else if (copyOld(link.href)) say(word);
    });
  }

  /* Where one is in the contents. A preview changes both under our hands. */
  function scrollSpy() {
    if (!("IntersectionObserver" in window)) return;
    var outline;
    var links;
    var heads;
    var shown;
    var observer;
    function mark() {
      var line = 120;
      var here = null;
      heads.forEach(function (head) {
        if (head.getBoundingClientRect().top <= line) here = head;
      });
      var end = innerHeight + Math.ceil(scrollY) >= document.documentElement.scrollHeight - 2;
      if (end && heads.length) {
        var last = heads[heads.length - 1];
        if (last.getBoundingClientRect().top < innerHeight) here = last;
      }
      var link = here && links[here.id];
      if (link === shown) return;
      if (shown) shown.removeAttribute("aria-current");
      shown = link;
      if (!link) return;
      link.setAttribute("aria-current", "location");
      if (getComputedStyle(outline).position === "sticky") {
        var top = link.offsetTop - outline.clientHeight / 2;
        outline.scrollTop = Math.max(0, top);
      }
    }
    function collect() {
      if (observer) observer.disconnect();
      if (shown) shown.removeAttribute("aria-current");
      outline = part("outline", "body > .page > .outline");
      links = {};
      heads = [];
      shown = null;
      if (!outline) return;
      all("a[href^='#']", outline).forEach(function (link) {
        var id;
        try {
          id = decodeURIComponent(link.hash.slice(1));
        } catch (error) {
          return;
        }
        var head = document.getElementById(id);
        if (head && !link.classList.contains("sheet-close")) {
          links[id] = link;
          heads.push(head);
        }
      });
      /* Told when a heading passes below the bar, and when the foot appears. */
      observer = new IntersectionObserver(mark, { rootMargin: "-118px 0px 0px 0px", threshold: [0, 1] });
      heads.concat(all(".foot")).forEach(function (part) {
        observer.observe(part);
      });
      mark();
    }
    collect();
    document.addEventListener("handbook:updated", collect);
  }

  /* The navigation column begins where the page stands in it. */
  function showCurrent() {
    var column = part("menu", "body > .page > .navigation");
    var here = column && column.querySelector(".tree [aria-current]");
    if (here && column.scrollHeight > column.clientHeight) {
      column.scrollTop = Math.max(0, here.offsetTop - column.clientHeight / 3);
    }
  }

  /* Paper shows what is folded on the screen. */
  function print() {
    var closed = [];
    addEventListener("beforeprint", function () {
      closed = all("details:not([open])");
      closed.forEach(function (details) {
        details.open = true;
      });
    });
    addEventListener("afterprint", function () {
      closed.forEach(function (details) {
        details.open = false;
      });
    });
  }

  themeSwitch();
  sheets();
  copyLinks();
  scrollSpy();
  showCurrent();
  print();
})();
