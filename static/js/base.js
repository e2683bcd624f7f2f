/* A small thing every page has: a message that leaves by itself. */
(function () {
  'use strict';
  var toast = document.querySelector('[data-toast]');
  if (toast) {
    window.setTimeout(function () { toast.classList.add('gone'); }, 10000);
  }
}());
