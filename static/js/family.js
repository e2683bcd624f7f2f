/* Counts the answers, shows the field for own words only when it is wanted, and lets a second tap
   take a choice back. */
(function () {
  'use strict';
  var form = document.querySelector('[data-family]');
  if (!form) { return; }
  var count = form.querySelector('[data-answered]');
  var own = form.querySelector('[data-own]');
  var words = form.querySelector('[data-own-words]');
  var last = null;

  function show() {
    count.textContent = String(form.querySelectorAll('.fq input:checked').length);
    words.parentNode.hidden = !own.checked;
    if (!own.checked) { words.value = ''; }
  }
  form.addEventListener('pointerdown', function (event) {
    var label = event.target.closest ? event.target.closest('label') : null;
    var radio = label && label.querySelector('input[type=radio]');
    last = radio && radio.checked ? radio : null;
  });
  form.addEventListener('click', function (event) {
    if (last && event.target === last) { last.checked = false; last = null; show(); }
  });
  form.addEventListener('change', function () {
    show();
    if (own.checked) { words.focus(); }
  });
  show();
}());
