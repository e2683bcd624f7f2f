/* A column of figures: Enter goes to the next one, arrow keys up and down. Without this script Enter saves the form. */
(function () {
  'use strict';
  var form = document.querySelector('[data-down]');
  if (!form) { return; }
  var cells = Array.prototype.slice.call(form.querySelectorAll('tbody input'));
  form.addEventListener('keydown', function (event) {
    var at = cells.indexOf(event.target);
    var step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (at < 0 || !step || event.isComposing) { return; }
    event.preventDefault();
    var next = cells[at + step];
    if (next) { next.focus(); next.select(); } else if (event.key === 'Enter') { form.querySelector('button').focus(); }
  });
}());
