// A paired display: slides one after the other, new frames from the event stream or by asking.
// The last good frame stays; its own time is shown, so that a stale board says so.
(function () {
  'use strict';
  var board = document.querySelector('[data-board]');
  if (!board) return;
  var slots = board.querySelector('[data-slots]');
  var stamp = board.querySelector('[data-test="updated-at"]');
  var quiet = board.querySelector('template[data-quiet]');
  var version = board.dataset.version;
  var seconds = Math.max(12, Number(board.dataset.seconds) || 12);
  var still = window.matchMedia && window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  var at = Math.max(0, all().findIndex(function (slot) { return !slot.hidden; }));
  var next = null;
  var tag = '';
  var heard = 0;

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

  function show(index) {
    var list = all();
    if (!list.length) return;
    var from = list[at];
    var to = list[index % list.length];
    at = index % list.length;
    if (from === to) { to.hidden = false; return; }
    to.classList.add('away');
    to.hidden = false;
    // Two frames, so that the browser has drawn the start before it fades.
    window.requestAnimationFrame(function () { window.requestAnimationFrame(function () {
      to.classList.remove('away');
      if (from) from.classList.add('away');
    }); });
    window.setTimeout(function () {
      if (from && from !== all()[at]) { from.hidden = true; from.classList.remove('away'); }
    }, still ? 0 : 900);
  }

  function take(frame) {
    if (!frame || !Array.isArray(frame.slides)) return;
    stamp.textContent = board.dataset.updated.replace('%', frame.updated_at);
    if (frame.version === version) return;
    next = frame;
    // A lesson begins, or another set of slides: at once. Otherwise at the next turn.
    if (String(frame.hidden) !== board.dataset.hidden || all().length < 2) swap();
  }

  function swap() {
    var frame = next;
    next = null;
    version = frame.version;
    board.dataset.hidden = String(frame.hidden);
    seconds = Math.max(12, Number(frame.seconds) || seconds);
    var fresh = frame.hidden || !frame.slides.length ? [slot(quiet.innerHTML)] : frame.slides.map(function (s) { return slot(s.html); });
    var index = Math.min(at, fresh.length - 1);
    slots.textContent = '';
    fresh.forEach(function (box) { slots.appendChild(box); });
    at = index;
    fresh[index].hidden = false;
  }

  function turn() {
    if (next) swap();
    if (all().length > 1) show(at + 1);
    window.setTimeout(turn, seconds * 1000);
  }

  function ask() {
    if (Date.now() - heard < 40000 || !window.fetch) return;
    fetch('/api/v1/screens/current/frame', { credentials: 'same-origin', cache: 'no-store', headers: tag ? { 'if-none-match': tag } : {} })
      .then(function (answer) {
        if (answer.status === 401 || answer.status === 403 || answer.status === 404 || answer.status === 410) { window.location.replace('/screen'); return null; }
        if (answer.status !== 200) return null;
        tag = answer.headers.get('etag') || '';
        return answer.json().then(take);
      })
      .catch(function () { /* The last good frame stays. */ });
  }

  if (window.EventSource) {
    var stream = new EventSource('/api/v1/screens/current/events');
    stream.addEventListener('frame', function (event) {
      heard = Date.now();
      try { take(JSON.parse(event.data)); } catch (error) { heard = 0; }
    });
    stream.addEventListener('open', function () { heard = Date.now(); });
    // The browser connects again by itself; after a refusal it does not, and asking takes over.
    stream.addEventListener('error', function () { heard = 0; window.setTimeout(ask, 2000); });
  }
  window.setInterval(ask, 20000);
  window.setTimeout(turn, seconds * 1000);
})();
