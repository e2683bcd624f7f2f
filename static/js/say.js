/* Something good about one classmate, on the last card: kept in the outbox under the key of the form about that
   classmate. The device keeps the ready sentence's id; own words stay in the page's memory, because they may hold a
   name. */
(function () {
  'use strict';
  var outbox = window.Starlight && window.Starlight.outbox;
  var panel = null;
  var stamp = 0;
  if (!outbox) { return; }

  function inputs(name) { return Array.prototype.slice.call(panel.querySelectorAll('[name="say.' + name + '"]')); }
  function chosen(name) { return inputs(name).filter(function (input) { return input.checked; })[0]; }
  function words() { var field = inputs('words')[0]; return field ? field.value.trim() : ''; }
  function wrong(kind) {
    panel.querySelectorAll('[data-say-wrong]').forEach(function (note) { 
      note.hidden = note.getAttribute('data-say-wrong') !== kind;
      note.removeAttribute('data-told');
    });
  }
  function keep() {
    var to = chosen('to');
    var chip = chosen('chip');
    var nothing = chip && chip.value === '';
    if (nothing && inputs('words')[0]) { inputs('words')[0].value = ''; }
    if (!to || (!chip && !words())) { return; }
    wrong('');
    stamp += 1;
    inputs('to').forEach(function (other) { if (other !== to) { outbox.erase('say.' + other.getAttribute('data-key')); } });
    var key = 'say.' + to.getAttribute('data-key');
    outbox.write(key, { s: stamp, c: chip ? chip.value : '' }, words());
    outbox.deliver(key, 'say').then(function (outcome) {
      if (outcome === 'unfit') { panel.open = true; wrong('unkind'); }
    });
  }
  /* What this device kept and the server has not. */
  function restore() {
    inputs('to').forEach(function (to) {
      var entry = outbox.read('say.' + to.getAttribute('data-key'));
      if (!entry) { return; }
      stamp = Math.max(stamp, entry.s);
      to.checked = true;
      inputs('chip').forEach(function (chip) { chip.checked = chip.value === entry.c; });
      panel.open = true;
    });
  }
  document.addEventListener('starlight:card', function (event) {
    var found = event.detail.querySelector('[data-say]');
    if (!found || found === panel) { return; }
    panel = found;
    stamp = Number(panel.getAttribute('data-stamp'));
    restore();
    panel.addEventListener('change', keep);
    panel.addEventListener('keydown', function (event) {
      /* Enter in the words keeps them; it does not send the sheet. */
      if (event.key === 'Enter' && event.target.name === 'say.words') { event.preventDefault(); event.target.blur(); }
    });
  });
}());
