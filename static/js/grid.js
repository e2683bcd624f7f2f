// The rating grid, and the grid of families' papers, which has no filling down: keyboard, fill-down with undo, each row
// kept on this device at once and saved as soon as it rests.
// What the server has not acknowledged comes back with the page. Without this script the form's button saves all.
(function () {
  'use strict';
  var form = document.querySelector('[data-grid]');
  if (!form || !window.fetch) return;
  var state = form.querySelector('[data-state]');
  var unfill = form.querySelector('[data-unfill]');
  var rows = Array.prototype.slice.call(form.querySelectorAll('[data-row]'));
  var grid = rows.map(function (row) { return Array.prototype.slice.call(row.querySelectorAll('select.cell')); });
  var timers = new Map();
  var dirty = new Set();
  var sending = new Set();
  var lastFill = [];
  var retry = 0;
  var clash = form.querySelector('[data-clash]');
  var clashing = new Set();
  var PREFIX = 'starlight.grid.' + form.dataset.keep + '.';
  var store = null;
  try { store = window.localStorage; store.getItem(PREFIX); } catch (ignored) { store = null; }

  function say(key, attn) {
    state.textContent = form.dataset[key] || '';
    state.classList.toggle('attn', Boolean(attn));
  }
  function place(cell) {
    var y = rows.indexOf(cell.closest('[data-row]'));
    return { x: grid[y].indexOf(cell), y: y };
  }
  function focus(x, y) {
    var row = grid[y];
    if (row && row[x]) row[x].focus();
  }
  function has(cell, value) {
    return Array.prototype.some.call(cell.options, function (option) { return option.value === value; });
  }
  function set(cell, value) {
    if (!has(cell, value)) return false;
    if (cell.value === value && cell.dataset.value === value) return true;
    cell.value = value;
    changed(cell);
    return true;
  }
  function changed(cell) {
    cell.dataset.value = cell.value;
    cell.classList.remove('filled');
    if (cell.parentNode) cell.parentNode.classList.add('dirty');
    columns();
    later(cell.closest('[data-row]'), 500);
  }
  /* The copy of this device: what a row says, the version that it was filled on, and what went out without an answer,
     which the server may have or not. */
  function keep(row) {
    try { store.setItem(PREFIX + row.dataset.row, JSON.stringify({ v: Number(row.dataset.version), b: body(row), s: row.sent })); } catch (ignored) { /* the page itself has to do */ }
  }
  function forget(row) {
    try { store.removeItem(PREFIX + row.dataset.row); } catch (ignored) { /* nothing to do */ }
  }
  function restore(row) {
    var kept = null;
    try { kept = JSON.parse(store.getItem(PREFIX + row.dataset.row) || 'null'); } catch (ignored) { kept = null; }
    if (!kept) return;
    if (kept.b === body(row)) { forget(row); return; }
    if (kept.v !== Number(row.dataset.version) && kept.s !== body(row)) { meet(row, kept.b); return; }
    fill(row, kept.b);
    later(row, 0);
  }
  function fill(row, text) {
    var kept = JSON.parse(text);
    Array.prototype.forEach.call(row.querySelectorAll('select.cell'), function (cell) {
      var value = kept.scores[cell.dataset.indicator];
      cell.value = value === undefined ? '' : value === null ? '-' : String(value);
      cell.dataset.value = cell.value;
    });
    row.querySelector('textarea').value = kept.comment;
    columns();
  }
  /* The row was changed elsewhere: nothing is overwritten before the teacher has chosen. */
  function meet(row, text) {
    row.kept = text;
    clashing.add(row);
    dirty.delete(row);
    say('');
    clash.hidden = false;
    clash.querySelector('[data-names]').textContent = Array.from(clashing).map(function (one) { return one.dataset.name; }).join(clash.dataset.comma);
  }
  function settle(mine) {
    if (!mine) {
      clashing.forEach(forget);
      dirty.clear();
      window.location.reload();
      return;
    }
    var chosen = Array.from(clashing);
    clashing.clear();
    chosen.forEach(function (row) {
      fill(row, row.kept);
      delete row.dataset.version;
      later(row, 0);
    });
    clash.hidden = true;
  }
  clash.querySelector('[data-mine]').addEventListener('click', function () { settle(true); });
  clash.querySelector('[data-theirs]').addEventListener('click', function () { settle(false); });

  /* A column that says the same of everybody tells nobody apart (scoring.md 4). */
  function columns() {
    Array.prototype.forEach.call(form.querySelectorAll('th.ind'), function (head, x) {
      var values = grid.map(function (row) { return row[x] ? row[x].value : ''; }).filter(function (value) { return value !== '' && value !== '-'; });
      var flat = head.querySelector('[data-flat]');
      if (flat) flat.hidden = values.length < Number(form.dataset.enough) || values.some(function (value) { return value !== values[0]; });
    });
  }
  function later(row, wait) {
    if (clashing.has(row)) return;
    dirty.add(row);
    keep(row);
    window.clearTimeout(timers.get(row));
    timers.set(row, window.setTimeout(function () { save(row); }, wait));
  }
  function body(row) {
    var scores = {};
    Array.prototype.forEach.call(row.querySelectorAll('select.cell'), function (cell) {
      if (cell.value === '') return;
      scores[cell.dataset.indicator] = cell.value === '-' ? null : Number(cell.value);
    });
    return JSON.stringify({ scores: scores, comment: row.querySelector('textarea').value });
  }
  /* With the version that it was filled on, unless the teacher chose this device's. */
  function message(row, said) {
    return row.dataset.version === undefined ? said : JSON.stringify(Object.assign(JSON.parse(said), { version: Number(row.dataset.version) }));
  }
  function save(row) {
    if (sending.has(row)) { later(row, 300); return; }
    dirty.delete(row);
    sending.add(row);
    /* What went out without an answer goes again as it was: the server knows it for the same. */
    var sent = row.sent || body(row);
    row.sent = sent;
    keep(row);
    say('saving');
    fetch(form.dataset.to + encodeURIComponent(row.dataset.row), {
      method: form.dataset.method,
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', 'x-csrf-token': form.dataset.csrf },
      body: message(row, sent)
    }).then(function (answer) {
      if (answer.status >= 500 || answer.status === 429) throw new Error('later');
      sending.delete(row);
      retry = 0;
      delete row.sent;
      if (answer.status === 409) { meet(row, body(row)); return null; }
      if (!answer.ok) { say('refused', true); return null; }
      return answer.json();
    }).then(function (stored) {
      if (!stored) return;
      row.dataset.version = row.querySelector('input[type=hidden]').value = String(stored.version);
      if (body(row) === sent) { clean(row); forget(row); } else { later(row, 0); }
      say(dirty.size || sending.size ? 'saving' : 'saved');
      count();
    }).catch(function () {
      // Nothing is lost: the row stays marked and is sent again, more and more slowly.
      sending.delete(row);
      retry = Math.min(retry + 1, 6);
      say('waiting', true);
      later(row, 1000 * Math.pow(2, retry));
    });
  }
  function clean(row) {
    Array.prototype.forEach.call(row.querySelectorAll('.dirty'), function (cell) { cell.classList.remove('dirty'); });
  }
  function count() {
    var done = grid.filter(function (row) { return row.length && row.every(function (cell) { return cell.value !== ''; }); }).length;
    var shown = form.parentNode.querySelector('[data-progress] b');
    if (shown) shown.textContent = String(done);
    var fill = form.parentNode.querySelector('.sf-prog .fl');
    if (fill) fill.setAttribute('width', String(Math.round(1000 * done / Math.max(1, rows.length)) / 10));
  }

  // Fill-down: the empty cells below take the value; cells that have one keep it.
  function fillDown(x, from, value) {
    lastFill = [];
    for (var y = from; y < grid.length; y += 1) {
      var cell = grid[y][x];
      if (cell && cell.value === '' && !rows[y].classList.contains('off')) {
        set(cell, value);
        cell.classList.add('filled');
        lastFill.push(cell);
      }
    }
    unfill.hidden = lastFill.length === 0;
    if (lastFill.length) say('filled');
  }
  if (unfill) unfill.addEventListener('click', function () {
    lastFill.forEach(function (cell) { set(cell, ''); });
    lastFill = [];
    unfill.hidden = true;
  });
  form.addEventListener('click', function (event) {
    var button = event.target.closest('button[name=fill]');
    if (!button) return;
    event.preventDefault();
    var x = grid.length ? grid[0].findIndex(function (cell) { return cell.dataset.indicator === button.value; }) : -1;
    var y = grid.findIndex(function (row) { return row[x] && row[x].value !== ''; });
    if (x >= 0 && y >= 0) fillDown(x, 0, grid[y][x].value);
  });

  var moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], Enter: [0, 1] };
  form.addEventListener('keydown', function (event) {
    var cell = event.target;
    if (!cell.classList || !cell.classList.contains('cell') || event.isComposing) return;
    var at = place(cell);
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'd') {
      event.preventDefault();
      if (cell.value !== '' && form.querySelector('button[name=fill]')) fillDown(at.x, at.y + 1, cell.value);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (moves[event.key]) {
      event.preventDefault();
      focus(at.x + moves[event.key][0], at.y + moves[event.key][1]);
    } else if (/^[1-9]$/.test(event.key)) {
      event.preventDefault();
      set(cell, event.key);
    } else if (event.key === ' ' || event.key === '-') {
      event.preventDefault();
      set(cell, '-');
    } else if (event.key === 'Backspace' || event.key === 'Delete' || event.key === '0') {
      event.preventDefault();
      set(cell, '');
    }
  });
  form.addEventListener('change', function (event) {
    if (event.target.classList.contains('cell')) changed(event.target);
  });
  form.addEventListener('input', function (event) {
    if (event.target.tagName === 'TEXTAREA') later(event.target.closest('[data-row]'), 1200);
  });
  form.addEventListener('submit', function () { dirty.clear(); sending.clear(); });
  window.addEventListener('online', function () { retry = 0; dirty.forEach(function (row) { save(row); }); });
  window.addEventListener('beforeunload', function (event) {
    if ((dirty.size || sending.size) && !store) { event.preventDefault(); event.returnValue = ''; }
  });
  rows.forEach(restore);
  columns();
})();
