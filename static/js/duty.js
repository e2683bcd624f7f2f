/* A post's sheet: steppers and reason chips stand for the selects of the plain form, and sending goes through the
   device's outbox, so that it is neither lost nor doubled. What was tapped but not sent yet stays on the device. */
(function () {
  'use strict';
  var form = document.querySelector('[data-duty]');
  if (!form) { return; }
  var outbox = window.Starlight && window.Starlight.outbox;
  var key = form.getAttribute('data-key');
  var DRAFT = 'starlight.duty.' + key;
  var send = form.querySelector('[data-test=send]');
  var items = Array.prototype.slice.call(form.querySelectorAll('[data-item]'));
  form.classList.add('js');

  function points(item) { return item.querySelector('select.num'); }
  function why(item) { return item.querySelector('select.why'); }
  function row(item) { return item.closest('[data-class]'); }
  function skipped(node) { return node.querySelector('[data-skip]').checked; }

  /* -- what is seen -- */
  function chips(item) {
    var place = item.querySelector('[data-chips]');
    Array.prototype.slice.call(why(item).options, 1).forEach(function (option) {
      var chip = document.createElement('button');
      chip.type = 'button';
      chip.className = 'chip';
      chip.textContent = option.text;
      chip.setAttribute('data-test', 'reason');
      chip.setAttribute('data-why', option.value);
      place.appendChild(chip);
    });
  }
  function draw(item) {
    var select = points(item);
    item.querySelector('[data-points]').textContent = select.value;
    item.classList.toggle('less', select.selectedIndex > 0);
    if (select.selectedIndex === 0) { why(item).value = ''; }
    if (why(item).value || select.selectedIndex === 0) { item.classList.remove('ask'); }
    item.querySelectorAll('[data-why]').forEach(function (chip) {
      chip.setAttribute('aria-pressed', String(chip.getAttribute('data-why') === why(item).value));
    });
  }
  function count() {
    var rows = form.querySelectorAll('[data-class]');
    var open = Array.prototype.filter.call(rows, function (one) { one.classList.toggle('off', skipped(one)); return !skipped(one); });
    var less = items.filter(function (item) { return points(item).selectedIndex > 0 && !skipped(row(item)); });
    var place = form.querySelector('[data-count]');
    if (place) { place.textContent = form.getAttribute('data-less').replace('#', open.length).replace('#', less.length); }
    if (send) { send.disabled = open.length === 0; }
  }
  items.forEach(function (item) { chips(item); draw(item); });

  /* -- what is kept here until it is sent -- */
  function taken() {
    var all = {};
    form.querySelectorAll('select').forEach(function (select) { all[select.name] = select.value; });
    form.querySelectorAll('[data-skip]').forEach(function (box) { if (box.checked) { all[box.name] = '1'; } });
    return all;
  }
  function put(all) {
    form.querySelectorAll('select').forEach(function (select) {
      var fits = Array.prototype.some.call(select.options, function (option) { return option.value === all[select.name]; });
      if (fits) { select.value = all[select.name]; }
    });
    form.querySelectorAll('[data-skip]').forEach(function (box) { box.checked = all[box.name] === '1'; });
    items.forEach(draw);
  }
  function remember() { try { if (key) { localStorage.setItem(DRAFT, JSON.stringify(taken())); } } catch (ignored) { /* memory is enough */ } }
  function forget() { try { localStorage.removeItem(DRAFT); } catch (ignored) { /* nothing there */ } }
  try {
    Object.keys(localStorage).forEach(function (name) { if (name.indexOf('starlight.duty.') === 0 && name !== DRAFT) { localStorage.removeItem(name); } });
    var draft = key && JSON.parse(localStorage.getItem(DRAFT) || 'null');
    if (draft) { put(draft); }
  } catch (ignored) { /* no draft */ }
  count();

  form.addEventListener('click', function (event) {
    var step = event.target.closest('[data-step]');
    var chip = event.target.closest('[data-why]');
    if (!step && !chip) { return; }
    var item = event.target.closest('[data-item]');
    if (step) {
      var select = points(item);
      var next = select.selectedIndex - Number(step.getAttribute('data-step'));
      select.selectedIndex = Math.max(0, Math.min(select.options.length - 1, next));
      if (select.selectedIndex === 0 && document.activeElement === step) { item.querySelector('[data-step="-1"]').focus(); }
    } else {
      why(item).value = chip.getAttribute('data-why');
    }
    draw(item);
    count();
    remember();
  });
  form.addEventListener('change', function () { count(); remember(); });

  /* -- sending -- */
  function missing() {
    var open = items.filter(function (item) { return points(item).selectedIndex > 0 && !why(item).value && !skipped(row(item)); });
    open.forEach(function (item) { item.classList.add('ask'); });
    document.querySelector('[data-missing]').hidden = open.length === 0;
    if (open[0]) {
      var first = open[0].querySelector('[data-why]');
      first.scrollIntoView({ block: 'center' });
      first.focus({ preventScroll: true });
    }
    return open.length > 0;
  }
  function filled() {
    var classes = {};
    items.forEach(function (item) {
      var of = row(item);
      if (skipped(of)) { return; }
      var id = of.getAttribute('data-class');
      classes[id] = classes[id] || {};
      classes[id][item.getAttribute('data-item')] = { points: Number(points(item).value), reason: why(item).value };
    });
    return classes;
  }
  function kept(on) { document.querySelector('[data-kept]').hidden = !on; }
  function after(outcome) {
    send.disabled = false;
    if (outcome === 'wait') { kept(true); return; }
    forget();
    window.location.assign(window.location.pathname + '?sent=' + (outcome === 'done' ? '1' : '0'));
  }
  form.addEventListener('submit', function (event) {
    if (missing()) { event.preventDefault(); return; }
    if (!key || !outbox || !window.fetch) { forget(); return; }
    event.preventDefault();
    if (send.disabled) { return; }
    send.disabled = true;
    var before = outbox.read(key);
    var stamp = Math.max(before ? before.s : 0, Number(form.getAttribute('data-stamp'))) + 1;
    form.setAttribute('data-stamp', String(stamp));
    outbox.write(key, { s: stamp, d: { classes: filled() } });
    outbox.deliver(key, '').then(after);
  });
  if (key && outbox && outbox.read(key)) { kept(true); }
  document.addEventListener('starlight:outbox-empty', function () {
    var note = document.querySelector('[data-kept]');
    if (!note.hidden) { after('done'); }
  });
}());
