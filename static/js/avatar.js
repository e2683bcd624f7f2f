/* The large picture follows the choice at once; without script it does after saving. */
(function () {
  'use strict';
  var form = document.querySelector('[data-avatar]');
  if (!form) { return; }
  var now = form.querySelector('[data-avatar-now]');
  function show() {
    var head = form.querySelector('input[name=head]:checked');
    var ground = form.querySelector('input[name=ground]:checked');
    if (!head || !ground) { return; }
    var chosen = head.parentNode.querySelector('use').getAttribute('href');
    now.querySelector('use').setAttribute('href', chosen);
    [now].concat(Array.prototype.slice.call(form.querySelectorAll('.av'))).forEach(function (one) {
      for (var n = 0; n < 7; n += 1) { one.classList.toggle('g' + n, String(n) === ground.value); }
    });
  }
  form.addEventListener('change', show);
  window.addEventListener('pageshow', show);
}());
