/* Read aloud where the device can; the buttons stay hidden elsewhere. */
(function () {
  'use strict';
  var synth = window.speechSynthesis;
  if (!synth || typeof window.SpeechSynthesisUtterance !== 'function') { return; }
  function unhide(root) {
    root.querySelectorAll('[data-read]').forEach(function (button) { button.hidden = false; });
  }
  document.addEventListener('click', function (event) {
    var button = event.target.closest ? event.target.closest('[data-read]') : null;
    if (!button) { return; }
    var text = new window.SpeechSynthesisUtterance(button.getAttribute('data-read'));
    text.lang = document.documentElement.lang || 'zh-CN';
    text.rate = 0.85;
    synth.cancel();
    synth.speak(text);
  });
  document.addEventListener('starlight:card', function (event) { unhide(event.detail); });
  unhide(document);
}());
