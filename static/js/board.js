// A paired display: slides one after the other, new frames from the event stream or by asking. The last good frame stays;
// "updated at" says until when the server was heard, so that a stale board says so itself.
(function () {
  'use strict';
  var board = document.querySelector('[data-board]');
  if (!board) return;
  var slots = board.querySelector('[data-slots]');
  var stamp = board.querySelector('[data-test="updated-at"]');
  var version = board.dataset.version;
  var seconds = Math.max(12, Number(board.dataset.seconds) || 12);
  var still = window.matchMedia && window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  var at = Math.max(0, all().findIndex(function (slot) { return !slot.hidden; }));
  var next = null;
  var tag = version ? '"' + version + '"' : '';
  var heard = Date.now();
  var asked = 0;
  var stream = null;

  function all() { return Array.prototype.slice.call(slots.children); }

  function slot(html) {
    var box = document.createElement('div');
    box.className = 'slot';
    box.hidden = true;
    var holder = document.createElement('template');
    holder.innerHTML = html;
    box.appendChild(holder.content);
    return box;
  }

  // Lit stars of a sky come first in its drawing: those beyond the number before are new, and light up when they are seen.
  function lit() { return Array.prototype.slice.call(slots.querySelectorAll('[data-kind="sky"] .on')); }

  function kindle(before) {
    if (before) lit().slice(before).forEach(function (star) { star.classList.add('fresh'); });
  }

  // Once: the next time round it is a star like the others.
  function settle(box) {
    window.setTimeout(function () {
      Array.prototype.forEach.call(box.querySelectorAll('.fresh'), function (star) { star.classList.remove('fresh'); });
    }, 3000);
  }

  function show(index) {
    var list = all();
    if (!list.length) return;
    var from = list[at];
    var to = list[index % list.length];
    at = index % list.length;
    if (from === to) { to.hidden = false; return; }
    to.classList.add('away');
    to.hidden = false;
    settle(to);
    // Two frames, so that the browser has drawn the start before it fades.
    window.requestAnimationFrame(function () { window.requestAnimationFrame(function () {
      to.classList.remove('away');
      if (from) from.classList.add('away');
    }); });
    window.setTimeout(function () {
      if (from && from !== all()[at]) { from.hidden = true; from.classList.remove('away'); }
    }, still ? 0 : 900);
  }

  function updated(time) {
    heard = Date.now();
    if (/^\d\d:\d\d$/.test(time || '')) stamp.textContent = board.dataset.updated.replace('%', time);
  }

  function take(frame) {
    if (!frame || !Array.isArray(frame.slides)) return;
    if (frame.version === version) return;
    next = frame;
    tag = '"' + frame.version + '"';
    // A lesson begins, or another set of slides: at once. Otherwise at the next turn.
    if (frame.mode !== board.dataset.mode || frame.light !== board.dataset.light || all().length < 2) swap();
  }

  function quiet(name) { return board.querySelector('template[data-' + name + ']').innerHTML; }

  function drawn(frame) {
    if (frame.mode === 'calm') return [quiet('quiet')];
    if (frame.mode !== 'show') return [];
    if (!frame.slides.length) return [quiet('empty')];
    return frame.slides.map(function (one) { return one.html; });
  }

  function swap() {
    var frame = next;
    next = null;
    version = frame.version;
    board.dataset.mode = frame.mode;
    board.dataset.light = frame.light;
    document.body.className = (frame.light === 'day' ? 'paper bd-day' : 'sky') + ' bd-body bd-' + frame.mode;
    seconds = Math.max(12, Number(frame.seconds) || seconds);
    var fresh = drawn(frame).map(slot);
    var before = lit().length;
    slots.textContent = '';
    fresh.forEach(function (box) { slots.appendChild(box); });
    kindle(before);
    at = Math.max(0, Math.min(at, fresh.length - 1));
    if (fresh[at]) { fresh[at].hidden = false; settle(fresh[at]); }
  }

  function turn() {
    if (next) swap();
    if (all().length > 1) show(at + 1);
    window.setTimeout(turn, seconds * 1000);
  }

  // Turned off by the office: dark, until it is turned on.
  function off() {
    tag = '';
    next = { version: '', mode: 'off', light: board.dataset.light, slides: [] };
    if (board.dataset.mode !== 'off') swap();
  }

  function ask() {
    if (!window.fetch || Date.now() - asked < 3000) return;
    asked = Date.now();
    fetch('/api/v1/screens/current/frame', { credentials: 'same-origin', cache: 'no-store', headers: tag ? { 'if-none-match': tag } : {} })
      .then(function (answer) {
        if (answer.status === 401 || answer.status === 403 || answer.status === 410) { window.location.replace('/screen'); return null; }
        if (answer.status === 404) { off(); return null; }
        if (answer.status !== 200 && answer.status !== 304) return null;
        updated(answer.headers.get('x-board-time'));
        listen();
        return answer.status === 200 ? answer.json().then(take) : null;
      })
      .catch(function () { /* The last good frame stays. */ });
  }

  function listen() {
    if (!window.EventSource || (stream && stream.readyState !== 2)) return;
    stream = new window.EventSource('/api/v1/screens/current/events');
    stream.addEventListener('frame', function (event) {
      try {
        var frame = JSON.parse(event.data);
        updated(frame.updated_at);
        take(frame);
      } catch (error) { heard = 0; }
    });
    stream.addEventListener('beat', function (event) { updated(event.data); });
    // The browser connects again by itself; after a refusal it does not, and asking takes over.
    stream.addEventListener('error', function () { heard = 0; window.setTimeout(ask, 1000); });
  }

  listen();
  // A stream speaks every 15 s; one that is silent longer is dead, whatever the browser thinks.
  window.setInterval(function () {
    var silent = Date.now() - heard > 25000 || !stream || stream.readyState === 2;
    if (silent && Date.now() - asked >= 14000) ask();
  }, 5000);
  window.setTimeout(turn, seconds * 1000);
})();
