/* Loses nothing: what was tapped is kept in this tab until the server shows it again, and a sheet
   sent without network waits here and leaves by itself when the network is back. base.js forgets
   all of it as soon as another page than a sheet is open, for the next child's sake. */
(function () {
  'use strict';
  var form = document.querySelector('form.sheet');
  if (!form) { return; }
  var key = 'sheet:' + form.getAttribute('action');
  var waiting = null;
  var sending = false;

  function keep() {
    var kept = {};
    form.querySelectorAll('input[type=radio]:checked').forEach(function (radio) {
      kept[radio.name] = radio.value;
    });
    try { window.sessionStorage.setItem(key, JSON.stringify(kept)); } catch (ignored) { /* no room: the page itself still has it */ }
  }
  /* Only rows that the server has no answer for are filled in. */
  function restore() {
    var kept = {};
    try { kept = JSON.parse(window.sessionStorage.getItem(key) || '{}'); } catch (ignored) { return; }
    form.querySelectorAll('input[type=radio]').forEach(function (radio) {
      var group = form.querySelector('input[name="' + radio.name + '"]:checked');
      if (!group && kept[radio.name] === radio.value) { radio.checked = true; }
    });
  }
  function retry() {
    if (waiting && navigator.onLine !== false) {
      var button = waiting;
      waiting = null;
      button.click();
    }
  }

  restore();
  form.addEventListener('change', keep);
  form.querySelectorAll('button[name=go]').forEach(function (button) {
    button.addEventListener('click', function (event) {
      keep();
      if (navigator.onLine === false) {
        event.preventDefault();
        waiting = button;
        form.querySelector('[data-outbox]').hidden = false;
      }
    });
  });
  /* A double tap on the foot sends once. */
  form.addEventListener('submit', function (event) {
    if (sending) { event.preventDefault(); return; }
    sending = true;
    window.setTimeout(function () { sending = false; }, 4000);
  });
  window.addEventListener('pageshow', function () { sending = false; });
  window.addEventListener('online', retry);
  window.setInterval(retry, 3000);

  /* Rows left open are brought into sight. */
  var open = form.querySelector('.q.missing');
  if (open && open.scrollIntoView) { open.scrollIntoView({ block: 'center' }); }
}());
