/* Small things every page has: a message that leaves by itself, and no trace of a child's sheet
   once another page is open. */
(function () {
  'use strict';
  var toast = document.querySelector('[data-toast]');
  if (toast) {
    window.setTimeout(function () { toast.classList.add('gone'); }, 10000);
  }
  if (!document.querySelector('form.sheet')) {
    try {
      Object.keys(window.sessionStorage).forEach(function (key) {
        if (key.indexOf('sheet:') === 0) { window.sessionStorage.removeItem(key); }
      });
    } catch (ignored) { /* storage may be switched off */ }
  }
}());
