/* A scanner at the class page is a keyboard: it types the address of a child's card and Enter, wherever the focus is. */
(function () {
  'use strict';
  var box = document.querySelector('[data-scan]');
  var form = box && box.querySelector('form');
  if (!form) { return; }
  var field = form.querySelector('input[name=card]');
  var typed = '';
  var last = 0;
  var PAUSE = 300; /* milliseconds: nobody types an address that fast, every scanner does */

  box.addEventListener('toggle', function () { if (box.open) { field.focus(); } });
  document.addEventListener('keydown', function (event) {
    if (event.target === field || event.ctrlKey || event.altKey || event.metaKey) { return; }
    var now = Date.now();
    if (now - last > PAUSE) { typed = ''; }
    last = now;
    if (event.key.length === 1) { typed += event.key; return; }
    if (event.key !== 'Enter' || !/\/card\//i.test(typed)) { return; }
    event.preventDefault();
    field.value = typed;
    typed = '';
    form.submit();
  });
}());
