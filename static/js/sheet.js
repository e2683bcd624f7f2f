/* The cards of a round on one page: the open one stands in the page, the others wait in templates, so that a child can
   finish without network. Every tap goes into the outbox and from there to the server. Without this script each card
   is a form of its own. */
(function () {
  'use strict';
  var stage = document.querySelector('[data-stage]');
  var outbox = window.Starlight && window.Starlight.outbox;
  if (!stage || !outbox || !window.fetch) { return; }
  var forms = Array.prototype.map.call(stage.children, function (node) {
    return node.content ? node.content.querySelector('form') : node;
  });
  var at = forms.indexOf(stage.querySelector('form'));
  var asked = false;
  var mayRecall = stage.hasAttribute('data-recall');
  var pace = forms.map(function () { return { shown: 0, last: 0 }; });
  while (stage.firstChild) { stage.removeChild(stage.firstChild); }

  /* -- cards -- */
  function path(form) { return new URL(form.getAttribute('action'), window.location.href).pathname; }
  function show(index, how) {
    var form = forms[index];
    if (!form) { return; }
    if (stage.firstChild) { stage.replaceChild(form, stage.firstChild); } else { stage.appendChild(form); }
    at = index;
    fold(form, null);
    pace[index].shown = Date.now();
    if (how === 'push') { window.history.pushState({ card: index }, '', path(form)); }
    if (how) { window.scrollTo(0, 0); heading(form).focus({ preventScroll: true }); }
    document.dispatchEvent(new CustomEvent('starlight:card', { detail: form }));
    outbox.show();
  }
  function heading(form) {
    var title = form.querySelector('h1');
    title.tabIndex = -1;
    return title;
  }
  function rows(form) { return Array.prototype.slice.call(form.querySelectorAll('.q')); }
  function chosen(row) { return row.querySelector('input[type=radio]:checked'); }
  function open(form) { return rows(form).filter(function (row) { return !chosen(row); }); }

  /* -- saving -- */
  function indicator(row) { return row.getAttribute('data-id'); }
  function keep(form, change) {
    var key = form.getAttribute('data-key');
    var entry = outbox.read(key) || { s: Number(form.getAttribute('data-stamp')), a: {} };
    entry.s = Math.max(entry.s, Number(form.getAttribute('data-stamp'))) + 1;
    form.setAttribute('data-stamp', String(entry.s));
    change(entry);
    outbox.write(key, entry);
    return key;
  }
  function save(form, row) {
    var input = chosen(row);
    var id = indicator(row);
    var key = keep(form, function (entry) {
      entry.a[id] = input.value === '' ? null : Number(input.value);
      if (form.recalled && !form.recallSent) { entry.r = form.recalled; form.recallSent = true; }
    });
    outbox.deliver(key, id).then(function (outcome) {
      if (outcome === 'stale') { outbox.deliver(key).then(function () { window.location.reload(); }); }
      if (outcome === 'refused') { ended(); }
    });
  }
  function ended() {
    var form = forms[at];
    var note = form.querySelector('[data-ended]');
    if (note) { note.hidden = false; }
  }
  /* What this device kept and the server has not: it stands above what the page was drawn with. */
  function restore(form) {
    var key = form.getAttribute('data-key');
    var entry = outbox.read(key);
    if (!entry) { return; }
    if (entry.s <= Number(form.getAttribute('data-stored'))) { outbox.erase(key); return; }
    rows(form).forEach(function (row) {
      var value = entry.a && entry.a[indicator(row)];
      if (value === undefined) { return; }
      row.querySelectorAll('input[type=radio]').forEach(function (input) {
        if (input.value === (value === null ? '' : String(value))) { input.checked = true; }
      });
    });
  }

  /* -- remember first -- */
  function recall(form, row) {
    var input = chosen(row);
    var levels = row.querySelectorAll('.an:not(.un)').length;
    var top = Number(input.value) === levels;
    var end = input.value !== '' && (top || input.value === '1');
    if (!mayRecall || form.getAttribute('data-source') !== 'peer' || !end) { return; }
    mayRecall = false;
    form.recalled = { i: indicator(row), o: '', d: '' };
    var panel = document.querySelector('[data-recall-panel]').content.firstElementChild.cloneNode(true);
    fillDeeds(panel, row, top);
    panel.addEventListener('click', function (event) { pick(event, form, row, panel); });
    var wide = window.matchMedia('(min-width:801px)').matches;
    (wide ? form.querySelector('.side') : row).appendChild(panel);
    fold(form, null);
    form.classList.add('recalling');
    save(form, row);
  }
  function fillDeeds(panel, row, top) {
    var list = panel.querySelector('[data-deeds]');
    var model = list.querySelector('button');
    var deeds = top ? row.querySelectorAll('.lf li') : [];
    list.removeChild(model);
    if (deeds.length === 0) { list.parentNode.removeChild(list); return; }
    var add = function (id, words) {
      var button = model.cloneNode(true);
      button.setAttribute('data-deed', id);
      button.appendChild(words.cloneNode(true));
      list.appendChild(button);
    };
    deeds.forEach(function (deed, n) { add('l' + n, deed.querySelector('.rb')); });
  }
  function pick(event, form, row, panel) {
    var button = event.target.closest('button');
    if (!button) { return; }
    if (button.hasAttribute('data-forgot')) {
      row.querySelector('.un input').checked = true;
      close(form, panel);
      save(form, row);
      return;
    }
    var occasion = button.getAttribute('data-occasion');
    var deed = button.getAttribute('data-deed');
    if (occasion) { form.recalled.o = occasion; }
    if (deed) { form.recalled.d = deed; }
    panel.querySelectorAll('button').forEach(function (other) {
      var mine = occasion ? other.getAttribute('data-occasion') === occasion : null;
      if (mine !== null && other.hasAttribute('data-occasion')) { other.setAttribute('aria-pressed', String(mine)); }
    });
    form.recallSent = false;
    if (deed || !panel.querySelector('[data-deeds]')) { close(form, panel); } else { panel.classList.add('second'); }
    save(form, row);
  }
  function close(form, panel) {
    panel.parentNode.removeChild(panel);
    form.classList.remove('recalling');
  }

  /* -- the kind question -- */
  function peers() { return forms.filter(function (form) { return form.getAttribute('data-source') === 'peer'; }); }
  function question() {
    var values = [];
    var levels = 0;
    var seconds = 0;
    var timed = 0;
    peers().forEach(function (form) {
      var time = pace[forms.indexOf(form)];
      rows(form).forEach(function (row) {
        levels = row.querySelectorAll('.an:not(.un)').length;
        var input = chosen(row);
        if (input && input.value !== '') { values.push(input.value); }
      });
      if (time.last) { seconds += time.last - time.shown; timed += rows(form).length; }
    });
    var same = values.every(function (value) { return value === values[0]; });
    var end = values[0] === '1' || values[0] === String(levels);
    if (same && ((end && values.length >= 3) || values.length >= 6)) { return 'same'; }
    return timed >= 3 && seconds / timed < 2000 ? 'fast' : '';
  }
  function ask(kind) {
    asked = true;
    var box = forms[at].querySelector('[data-questions]');
    box.hidden = false;
    box.querySelector('[data-question="' + kind + '"]').hidden = false;
    box.tabIndex = -1;
    box.focus();
    if (box.scrollIntoView) { box.scrollIntoView({ block: 'center' }); }
  }

  /* -- onwards -- */
  function go(way) {
    if (way === 'back') { show(at - 1, 'push'); return; }
    if (mark(forms[at])) { return; }
    if (way === 'next' && at + 1 < forms.length) { show(at + 1, 'push'); return; }
    var left = forms.findIndex(function (form) { return open(form).length > 0; });
    if (left >= 0) { show(left, 'push'); mark(forms[left]); return; }
    var kind = asked ? '' : question();
    if (kind) { ask(kind); return; }
    finish();
  }
  function mark(form) {
    var missing = open(form);
    rows(form).forEach(function (row) { row.classList.toggle('missing', missing.indexOf(row) >= 0); });
    form.querySelector('[data-unanswered]').hidden = missing.length === 0;
    if (missing[0] && missing[0].scrollIntoView) { missing[0].scrollIntoView({ block: 'center' }); }
    if (missing[0]) { missing[0].querySelector('input').focus(); }
    return missing.length > 0;
  }
  function hold(on) {
    forms[at].querySelectorAll('button[name=go]').forEach(function (button) { button.disabled = on; });
  }
  function finish() {
    hold(true);
    outbox.flush().then(function () {
      /* Words about a classmate that cannot stand: said once, then the child may leave them. */
      var note = stage.querySelector('[data-say-wrong]:not([hidden]):not([data-told])');
      if (note) {
        note.setAttribute('data-told', '');
        if (note.scrollIntoView) { note.scrollIntoView({ block: 'center' }); }
        hold(false);
        return;
      }
      if (outbox.size() === 0) { window.location.assign(stage.getAttribute('data-done')); return; }
      var waits = document.querySelector('[data-waiting]').content.firstElementChild.cloneNode(true);
      stage.replaceChild(waits, stage.firstChild);
      document.addEventListener('starlight:outbox-empty', function () { window.location.assign(stage.getAttribute('data-done')); });
      outbox.show();
    });
  }
  stage.addEventListener('change', function (event) {
    var row = event.target.closest('.q');
    var form = event.target.closest('form');
    if (!row || !form || event.target.type !== 'radio') { return; }
    row.classList.remove('missing');
    if (pace[at].shown) { pace[at].last = Date.now(); }
    save(form, row);
    window.setTimeout(function () { if (forms[at] === form && chosen(row)) { recall(form, row); } }, 500);
  });
  stage.addEventListener('click', function (event) {
    var button = event.target.closest('button[name=go]');
    if (!button) { return; }
    event.preventDefault();
    go(button.value);
  });
  stage.addEventListener('submit', function (event) {
    event.preventDefault();
    go(at + 1 < forms.length ? 'next' : 'send');
  });
  /* Look-fors: one open at a time, closed by Escape, by another card and by remembering. */
  function fold(form, but) {
    form.querySelectorAll('details.lf[open]').forEach(function (one) { if (one !== but) { one.open = false; } });
    form.classList.toggle('looking', Boolean(but));
  }
  stage.addEventListener('toggle', function (event) {
    var form = event.target.closest('form');
    var still = event.target.open ? event.target : form.querySelector('details.lf[open]');
    fold(form, still);
  }, true);
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') { fold(forms[at], null); }
  });
  window.addEventListener('popstate', function () {
    var index = forms.findIndex(function (form) { return path(form) === window.location.pathname; });
    if (index >= 0) { show(index, 'pop'); }
  });

  forms.forEach(restore);
  show(at, '');
}());
