/* The outbox of this device: what was tapped on a sheet waits here until the server has it. An entry holds the form's
   key, a counter, indicator ids and anchors, a duty post's points of classes, or the id of a ready sentence about a classmate; never a name. It may outlive the sign-out, is delivered by its key alone
   from any page of ours, and is erased on delivery. */
window.Starlight = window.Starlight || {};
window.Starlight.outbox = (function () {
  'use strict';
  var PREFIX = 'starlight.out.';
  var RETRY = 20000;
  var memory = {};
  var words = {}; /* own words about a classmate: in memory only */
  var firstTries = {};
  var sending = {};
  var store = null;
  try { store = window.localStorage; store.getItem(PREFIX); } catch (ignored) { store = null; }

  function read(key) {
    try { return JSON.parse(store ? store.getItem(PREFIX + key) : memory[key] || 'null'); } catch (ignored) { return null; }
  }
  function write(key, entry, own) {
    if (own) { words[key] = own; entry.w = true; } else { delete words[key]; }
    var text = JSON.stringify(entry);
    memory[key] = text;
    try { if (store) { store.setItem(PREFIX + key, text); } } catch (ignored) { store = null; }
  }
  function erase(key) {
    delete memory[key];
    delete words[key];
    try { if (store) { store.removeItem(PREFIX + key); } } catch (ignored) { /* nothing left to do */ }
  }
  function keys() {
    if (!store) { return Object.keys(memory); }
    return Object.keys(store).filter(function (name) { return name.indexOf(PREFIX) === 0; })
      .map(function (name) { return name.slice(PREFIX.length); });
  }
  function waiting() {
    return keys().filter(function (key) { return !firstTries[key]; }).length;
  }
  function show() {
    var n = waiting();
    document.querySelectorAll('[data-outbox]').forEach(function (pill) {
      pill.hidden = n === 0;
      pill.querySelectorAll('[data-outbox-n]').forEach(function (place) { place.textContent = String(n); });
    });
    if (keys().length === 0) { document.dispatchEvent(new CustomEvent('starlight:outbox-empty')); }
  }
  function body(key, entry, late) {
    if (key.indexOf('say.') === 0) {
      return JSON.stringify({ key: key.slice(4), stamp: entry.s, late: late, say: { chip: entry.c, words: words[key] || '' } });
    }
    if (entry.d) { return JSON.stringify({ key: key, stamp: entry.s, late: late, duty: entry.d }); }
    var text = { key: key, stamp: entry.s, late: late, scores: entry.a || {} };
    if (entry.r) { text.recall = { indicator: entry.r.i, occasion: entry.r.o, deed: entry.r.d }; }
    return JSON.stringify(text);
  }
  function post(text) {
    var stop = new AbortController();
    var timer = window.setTimeout(function () { stop.abort(); }, 12000);
    var sent = window.fetch('/s/outbox', {
      method: 'POST', body: text, credentials: 'same-origin', signal: stop.signal,
      headers: { 'content-type': 'application/json' },
    });
    return sent.then(
      function (answer) { window.clearTimeout(timer); return answer; },
      function (error) { window.clearTimeout(timer); throw error; }
    );
  }

  /* Delivers one entry. `live` names the indicator that a child tapped just now, on the first try only.
     Resolves to done, stale, late, refused, unfit (words that cannot stand) or wait. */
  function deliver(key, live) {
    var entry = read(key);
    if (!entry) { return Promise.resolve('done'); }
    /* The words went with the page that had them; without them it would say something else. */
    if (entry.w && !words[key]) { erase(key); return Promise.resolve('done'); }
    if (sending[key]) { return sending[key].then(function () { return deliver(key, live); }); }
    if (live !== undefined) { firstTries[key] = true; }
    sending[key] = post(body(key, entry, live === undefined))
      .then(function (answer) { return judge(answer, key, entry, live); }, function () { return 'wait'; })
      .then(function (outcome) {
        delete sending[key];
        delete firstTries[key];
        show();
        return outcome;
      });
    return sending[key];
  }
  function judge(answer, key, sent, live) {
    var now = read(key);
    var same = now && now.s === sent.s;
    if (answer.ok) {
      if (same) { erase(key); }
      return 'done';
    }
    if (answer.status === 409) {
      return answer.json().then(function (problem) {
        if (problem.next_stamp && live !== undefined && sent.a && live in sent.a) {
          /* A newer save stands, but this child is tapping here and now: its last tap goes on top of it. */
          var only = {};
          only[live] = sent.a[live];
          write(key, { s: problem.next_stamp + 1, a: only });
          return 'stale';
        }
        if (same) { erase(key); }
        return problem.next_stamp ? 'late' : 'refused';
      }, function () { return 'wait'; });
    }
    if (answer.status === 429 || answer.status >= 500) { return 'wait'; }
    if (same) { erase(key); }
    return answer.status === 422 && key.indexOf('say.') === 0 ? 'unfit' : 'refused';
  }
  function flush() {
    return Promise.all(keys().map(function (key) { return deliver(key); })).then(function (outcomes) {
      show();
      return outcomes;
    });
  }

  window.addEventListener('online', flush);
  window.addEventListener('storage', show);
  document.addEventListener('visibilitychange', function () { if (!document.hidden) { flush(); } });
  window.setInterval(function () { if (keys().length) { flush(); } }, RETRY);
  document.addEventListener('DOMContentLoaded', function () { show(); flush(); });
  return { read: read, write: write, erase: erase, deliver: deliver, flush: flush, show: show, size: function () { return keys().length; } };
}());
