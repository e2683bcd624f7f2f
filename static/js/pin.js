/* Gathers the taps of a PIN on the page; the last one sends the form as without script:
   so_far = the taps before, pick or digit = the last. */
(function () {
  'use strict';
  var form = document.querySelector('[data-pin]');
  if (!form) { return; }
  var places = Number(form.getAttribute('data-places'));
  var between = form.getAttribute('data-pin') === 'pictures' ? ',' : '';
  var soFar = form.elements.so_far;
  var dots = form.querySelectorAll('.dots i');
  var keys = form.querySelectorAll('.pad-key');
  var taps = soFar.value === '' ? [] : soFar.value.split(between);
  var sent = false;

  function show() {
    soFar.value = taps.join(between);
    dots.forEach(function (dot, index) { dot.classList.toggle('on', index < taps.length); });
  }
  function clear(event) {
    if (event) { event.preventDefault(); }
    taps = [];
    sent = false;
    show();
  }
  keys.forEach(function (key) {
    key.addEventListener('click', function (event) {
      if (sent) { event.preventDefault(); return; }
      if (taps.length + 1 < places) {
        event.preventDefault();
        taps.push(key.value);
        show();
      } else {
        sent = true;
        dots.forEach(function (dot) { dot.classList.add('on'); });
      }
    });
  });
  var again = form.querySelector('[data-pin-clear]');
  if (again) { again.addEventListener('click', clear); }
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key === 'Backspace') { taps.pop(); show(); return; }
    keys.forEach(function (key) {
      if (/^[0-9]$/.test(event.key) && key.value === event.key) { key.click(); }
    });
  });
  window.addEventListener('pageshow', function (event) { if (event.persisted) { clear(); } });
}());
