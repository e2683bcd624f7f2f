/* Keeps what was tapped on this sheet until the server has it, so that a dropped network or the
   browser's back button loses nothing. Kept for this tab only and cleared when it was sent. */
(function () {
  'use strict';
  var form = document.querySelector('form.sheet');
  if (!form) { return; }
  var key = 'sheet:' + form.getAttribute('action');
  var store = null;
  try { store = window.sessionStorage; } catch (ignored) { store = null; }

  function read() {
    var kept = {};
    form.querySelectorAll('input[type=radio]:checked').forEach(function (radio) {
      if (radio.name.indexOf('a.') === 0) { kept[radio.name] = radio.value; }
    });
    return kept;
  }
  function restore() {
    var kept = {};
    try { kept = JSON.parse(store.getItem(key) || '{}'); } catch (ignored) { return; }
    form.querySelectorAll('input[type=radio]').forEach(function (radio) {
      var group = form.querySelector('input[name="' + radio.name + '"]:checked');
      if (!group && kept[radio.name] === radio.value) { radio.checked = true; }
    });
  }
  if (store) {
    restore();
    form.addEventListener('change', function () { store.setItem(key, JSON.stringify(read())); });
  }

  /* Rows left open are brought into sight. */
  var open = form.querySelector('.q.missing');
  if (open && open.scrollIntoView) { open.scrollIntoView({ block: 'center' }); }

  /* A double tap on the foot sends once. */
  var sending = false;
  form.addEventListener('submit', function (event) {
    if (sending) { event.preventDefault(); return; }
    sending = true;
    if (store && navigator.onLine !== false) { store.removeItem(key); }
    window.setTimeout(function () { sending = false; }, 4000);
  });
  window.addEventListener('pageshow', function () { sending = false; });
}());
