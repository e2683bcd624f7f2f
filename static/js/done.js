/* Counts the seconds down and signs out; a tap on the own page stops it by leaving. */
(function () {
  'use strict';
  var form = document.querySelector('form[data-seconds]');
  if (!form) { return; }
  var whole = Number(form.getAttribute('data-seconds'));
  var left = whole;
  var number = form.querySelector('[data-left]');
  var arc = form.querySelector('.arc');
  var timer = window.setInterval(function () {
    left -= 1;
    number.textContent = String(Math.max(left, 0));
    arc.setAttribute('stroke-dashoffset', String(207.3 * (1 - Math.max(left, 0) / whole)));
    if (left <= 0) { window.clearInterval(timer); form.submit(); }
  }, 1000);
  window.addEventListener('pageshow', function (event) { if (event.persisted) { form.submit(); } });
}());
