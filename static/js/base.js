/* Small things that pages share: a message that leaves by itself, texts to copy. */
(function () {
  'use strict';
  var toast = document.querySelector('[data-toast]');
  if (toast) {
    window.setTimeout(function () { toast.classList.add('gone'); }, 10000);
  }
  /* Plain http has no clipboard interface; the text stays selected, so that it can also be copied by hand. */
  document.querySelectorAll('[data-copy]').forEach(function (button) {
    button.hidden = false;
    button.addEventListener('click', function () {
      var field = document.getElementById(button.getAttribute('data-copy'));
      var told = document.querySelector('[data-copied]');
      field.focus();
      field.select();
      if (document.execCommand('copy') && told) { button.textContent = told.textContent = told.getAttribute('data-text'); }
    });
  });
}());
