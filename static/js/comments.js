/* Term comments: each keystroke is kept on this device at once and on the server at the next pause; evidence and
   phrases go in at the cursor; Ctrl+Enter makes it final and goes on. Without this script the form does the same. */
(function () {
  'use strict';
  var root = document.querySelector('[data-comments]');
  var form = root && root.querySelector('[data-form]');
  var current = root && root.querySelector('.cm-film [aria-current]');
  if (current) { center(current); }
  if (root) { document.addEventListener('keydown', walk); }
  if (!form || !window.fetch) { return; }

  var area = form.querySelector('textarea');
  var state = form.querySelector('[data-state]');
  var said = form.querySelector('[data-say]');
  var list = form.querySelector('[data-asks]');
  var pattern = form.querySelector('template[data-ask]');
  var finish = form.querySelector('[data-finish]');
  var back = form.querySelector('[data-back]');
  var clash = form.querySelector('[data-clash]');
  var tones = Array.prototype.slice.call(form.querySelectorAll('[data-tone]'));
  var cards = Array.prototype.slice.call(root.querySelectorAll('[data-ev]'));
  var key = 'starlight.comment.' + root.dataset.keep + '.' + form.dataset.child + '.';
  var address = form.getAttribute('action') + '/' + encodeURIComponent(form.dataset.child);
  var hand = name();
  var turn = 0;
  var based = Number(form.dataset.stamp);
  var saved = form.dataset.unsaved === 'true' ? null : area.value;
  var typed = false;
  var timer = 0;
  var retry = 0;
  var sending = null;
  var asked = form.querySelector('[name=asked]').value === '1';
  var blocked = false;
  var leaving = false;
  var stuck = false;
  var first = area.value;
  var before = null;
  var ready = null;
  var places = [];
  var under = form.querySelector('[data-under]');

  function name() {
    var parts = [];
    for (var n = 0; n < 4; n += 1) { parts.push(Math.floor(Math.random() * 0x100000000).toString(36)); }
    return parts.join('');
  }
  function center(one) {
    var film = one.closest('.cm-film');
    if (film) { film.scrollLeft = one.offsetLeft - film.clientWidth / 2 + one.offsetWidth / 2; }
  }
  function walk(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing) { return; }
    var way = { ArrowLeft: 'before', ArrowRight: 'after' }[event.key];
    if (way) {
      event.preventDefault();
      var link = root.querySelector('[data-go=' + way + ']');
      if (link) { link.click(); }
    }
  }
  function tone() { return form.querySelector('[name=tone]').value; }
  function say(text, attn) {
    state.textContent = text || '';
    state.classList.toggle('attn', Boolean(attn));
  }

  /* The copies of this device, one a page: what the server has not acknowledged yet. Between two saves a copy lies half
     a turn further, so that a page that dies then is known to have had more. */
  function store() { try { return window.localStorage; } catch (ignored) { return null; } }
  function remember(sent) {
    var entry = { text: area.value, tone: tone(), based: based, hand: hand, turn: sent ? turn : turn + 0.5, at: Date.now() };
    try { store().setItem(key + hand, JSON.stringify(entry)); } catch (ignored) { /* the server's copy has to do */ }
  }
  function forget(whose) { try { store().removeItem(key + (whose || hand)); } catch (ignored) { /* nothing to do */ } }
  function copies() {
    try {
      return Object.keys(store()).filter(function (one) { return one.indexOf(key) === 0; })
        .map(function (one) { return JSON.parse(store().getItem(one)); })
        .filter(function (kept) { return kept && typeof kept.text === 'string'; });
    } catch (ignored) { return []; }
  }

  function restore() {
    var waiting = copies().filter(function (kept) {
      /* The page that kept it has saved as much or more since, or it says what is there. */
      var old = (kept.hand === form.dataset.hand && kept.turn <= Number(form.dataset.turn)) || (saved !== null && kept.text === saved);
      if (old) { forget(kept.hand); }
      return !old;
    }).sort(function (a, b) { return b.at - a.at; });
    if (waiting.length) { offer(waiting[0]); }
  }
  function offer(kept) {
    var theirs = area.value;
    area.value = kept.text;
    choose(kept.tone);
    saved = null;
    typed = true;
    changed(true);
    remember();
    forget(kept.hand);
    if (kept.hand === form.dataset.hand || kept.based === based) {
      var note = form.querySelector('[data-restored]');
      note.textContent = root.dataset.restored;
      note.hidden = false;
      save();
      return;
    }
    /* Something else was saved elsewhere since: the teacher chooses. */
    collide({ text: theirs, stamp: based, by: '', at: form.dataset.at, is_final: false });
  }

  /* Saving: one at a time, the newest text last. */
  function later(wait) { window.clearTimeout(timer); timer = window.setTimeout(save, wait); }
  function dirty() { return typed && area.value !== saved && !stuck; }
  function payload(more) {
    var body = { text: area.value, tone: tone(), based_on: based, hand: hand, turn: (turn += 1) };
    Object.keys(more || {}).forEach(function (one) { body[one] = more[one]; });
    return body;
  }
  function post(body, last) {
    return window.fetch(address, {
      method: 'POST', credentials: 'same-origin', keepalive: Boolean(last), body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'x-csrf-token': root.dataset.csrf }
    });
  }
  function save() {
    window.clearTimeout(timer);
    if (sending) { return sending.then(save); }
    if (!dirty()) { return Promise.resolve(true); }
    return send();
  }
  function send(more) {
    var body = payload(more);
    remember(true);
    say(root.dataset.saving);
    sending = post(body).then(function (answer) {
      if (answer.status === 409) { return answer.json().then(meet).then(function () { return null; }); }
      if (answer.status >= 500 || answer.status === 429) { throw new Error('later'); }
      if (!answer.ok || answer.redirected) { say(root.dataset.refused, true); return null; }
      return answer.json();
    }).then(function (kept) {
      sending = null;
      if (!kept) { return null; }
      retry = 0;
      based = kept.stamp;
      saved = body.text;
      if (area.value === body.text) { forget(); say(root.dataset.saved + ' ' + kept.saved); } else { remember(); later(300); }
      show(kept.asks);
      mine(area.value === '' ? 'empty' : 'draft');
      return kept;
    }).catch(function () {
      /* Nothing is lost: it lies here and goes out again, more and more slowly. */
      sending = null;
      retry = Math.min(retry + 1, 4);
      say(root.dataset.waiting, true);
      later(1000 * Math.pow(2, retry));
      return null;
    });
    return sending;
  }
  function mine(now) {
    if (!current) { return; }
    current.classList.remove('is-empty', 'is-draft', 'is-final');
    current.classList.add('is-' + now);
    current.dataset.state = now;
  }

  /* The term was closed meanwhile, or something else was saved. */
  function meet(other) {
    if (other.text === undefined) { say(root.dataset.closed, true); return; }
    collide(other);
  }

  /* Two texts: nothing is overwritten before the teacher has chosen. */
  function collide(other) {
    stuck = true;
    clash.hidden = false;
    clash.querySelector('[data-clash-who]').textContent = other.by + ' ' + other.at;
    clash.querySelector('[data-clash-theirs]').textContent = other.text;
    clash.querySelector('[data-clash-mine]').textContent = area.value;
    clash.querySelector('[data-clash-final]').hidden = !other.is_final;
    var keep = clash.querySelector('[data-clash-keep]');
    keep.hidden = other.is_final;
    say('');
    function over() { clash.hidden = true; stuck = false; based = other.stamp; area.focus(); }
    clash.querySelector('[data-clash-take]').onclick = function () {
      forget();
      if (other.is_final) { leaving = true; window.location.reload(); return; }
      area.value = other.text;
      saved = other.text;
      over();
      changed(true);
      save();
    };
    keep.onclick = function () { over(); saved = null; save(); };
  }

  /* What is asked about the text. */
  function show(asks) {
    var keys = asks.map(function (ask) { return ask.key + ask.place; }).join();
    if (keys !== list.dataset.keys) { asked = false; }
    list.dataset.keys = keys;
    places = asks.map(function (ask) { return ask.place; });
    blocked = asks.some(function (ask) { return ask.blocks; });
    list.textContent = '';
    asks.filter(function (ask) { return ask.key !== 'empty'; }).forEach(function (ask) {
      var line = document.importNode(pattern.content, true).firstElementChild;
      line.dataset.key = ask.key;
      line.classList.toggle('danger', ask.blocks);
      line.querySelector('span').textContent = ask.text;
      if (ask.place && area.value.indexOf(ask.place) >= 0) {
        line.classList.add('goes');
        line.onclick = function () { select(ask.place); };
      }
      list.appendChild(line);
    });
    underline();
  }
  function select(words) {
    var at = area.value.indexOf(words);
    if (at < 0) { return; }
    area.focus();
    area.setSelectionRange(at, at + words.length);
  }

  /* Final and on: hints are shown once, what blocks is shown until it is changed. */
  function done() {
    if (stuck) { return; }
    list.classList.remove('look');
    window.clearTimeout(timer);
    if (sending) { sending.then(done); return; }
    typed = true;
    send({ finish: true, asked: asked }).then(function (kept) {
      if (!kept) { return; }
      if (kept.next) { leaving = true; forget(); window.location.assign(kept.next); return; }
      asked = !blocked;
      said.textContent = blocked ? root.dataset.first : root.dataset.once;
      finish.querySelector('span').textContent = blocked ? finish.dataset.plain : root.dataset.so;
      list.classList.add('look');
      if (blocked) {
        var first = kept.asks.filter(function (ask) { return ask.blocks && ask.place; })[0];
        if (first) { select(first.place); return; }
      }
      area.focus();
    });
  }

  /* Under the text: what comes from a card, and what is asked about. */
  function underline() {
    var text = area.value;
    var signs = [];
    function lay(words, sign) {
      var at = words ? text.indexOf(words) : -1;
      for (var n = at; at >= 0 && n < at + words.length; n += 1) { signs[n] = signs[n] && signs[n] !== sign ? 'in ask' : sign; }
    }
    cards.forEach(function (card) {
      [card.dataset.warm, card.dataset.plain, card.dataset.lively, card.dataset.mark].some(function (words) {
        if (!words || text.indexOf(words) < 0) { return false; }
        lay(words, 'in');
        return true;
      });
    });
    places.forEach(function (words) { lay(words, 'ask'); });
    under.textContent = '';
    for (var from = 0; from < text.length;) {
      var to = from;
      while (to < text.length && signs[to] === signs[from]) { to += 1; }
      var piece = document.createElement(signs[from] ? 'mark' : 'span');
      piece.className = signs[from] || '';
      piece.textContent = text.slice(from, to);
      under.appendChild(piece);
      from = to;
    }
    under.scrollTop = area.scrollTop;
  }

  /* What is shown beside the text while it is typed. */
  function grow() {
    area.style.height = 'auto';
    area.style.height = (area.scrollHeight + 2) + 'px';
  }
  function changed(quiet) {
    grow();
    var n = Array.from(area.value.replace(/\r\n/g, '\n')).length;
    form.querySelector('[data-count]').textContent = String(n);
    form.querySelector('[data-at]').setAttribute('x', String(Math.min(216, Math.round(n * 220 / 150))));
    cards.forEach(function (card) {
      var words = [card.dataset.mark, card.dataset.warm, card.dataset.plain, card.dataset.lively];
      card.classList.toggle('used', words.some(function (one) { return one && area.value.indexOf(one) >= 0; }));
    });
    underline();
    if (quiet) { return; }
    typed = true;
    said.textContent = '';
    ready = null;
    finish.querySelector('span').textContent = finish.dataset.plain;
    remember();
    if (!stuck) { later(700); }
  }
  function insert(words) {
    area.focus();
    var done = false;
    /* The way that Ctrl+Z knows. */
    try { done = document.execCommand('insertText', false, words); } catch (ignored) { done = false; }
    if (!done) { area.setRangeText(words, area.selectionStart, area.selectionEnd, 'end'); }
    changed();
  }
  function choose(wanted) {
    tones.forEach(function (one) {
      var on = one.dataset.tone === wanted;
      one.classList.toggle('on', on);
      if (on) { one.setAttribute('aria-current', 'true'); } else { one.removeAttribute('aria-current'); }
    });
    if (wanted) { form.querySelector('[name=tone]').value = wanted; }
  }
  function composed() {
    return area.value.trim() === '' || area.value === first && saved === null ||
      tones.some(function (one) { return one.dataset.draft === area.value; });
  }
  function take(one) {
    if (!composed() && ready !== one) {
      ready = one;
      said.textContent = root.dataset.again;
      return;
    }
    if (!composed()) { before = { text: area.value, tone: tone() }; back.hidden = false; }
    choose(one.dataset.tone);
    area.value = one.dataset.draft;
    changed();
    area.focus();
  }

  finish.dataset.plain = finish.querySelector('span').textContent;
  root.querySelectorAll('[data-js]').forEach(function (one) { one.hidden = false; });
  tones.forEach(function (one) {
    one.setAttribute('role', 'button');
    one.addEventListener('click', function (event) { event.preventDefault(); take(one); });
    one.addEventListener('keydown', function (event) { if (event.key === ' ') { event.preventDefault(); take(one); } });
  });
  back.addEventListener('click', function () {
    choose(before.tone);
    area.value = before.text;
    back.hidden = true;
    changed();
    area.focus();
  });
  root.addEventListener('click', function (event) {
    var put = event.target.closest('[name=put]');
    if (!put) { return; }
    event.preventDefault();
    var card = put.closest('[data-ev]');
    insert(card ? card.dataset[tone()] : put.querySelector('span').textContent);
  });
  area.addEventListener('input', function () { changed(); });
  area.addEventListener('scroll', function () { under.scrollTop = area.scrollTop; });
  area.addEventListener('blur', function () { save(); });
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    if (event.submitter === finish) { done(); } else { typed = true; save(); area.focus(); }
  });
  document.addEventListener('keydown', function (event) {
    if (event.isComposing) { return; }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); done(); return; }
    if (event.altKey && !event.ctrlKey && /^(Digit|Numpad)[1-9]$/.test(event.code)) {
      var phrase = form.querySelector('[data-phrase="' + event.code.slice(-1) + '"] span');
      event.preventDefault();
      if (phrase) { insert(phrase.textContent); }
    }
  });
  function flush() {
    if (leaving || !dirty()) { return; }
    var body = payload();
    remember(true);
    post(body, true).catch(function () { /* it lies here */ });
  }
  window.addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', function () { if (document.hidden) { save(); } });
  window.addEventListener('online', function () { retry = 0; save(); });
  restore();
  changed(true);
  area.focus({ preventScroll: true });
  area.setSelectionRange(area.value.length, area.value.length);
}());
