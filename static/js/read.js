/* Read aloud where the device can; the buttons stay hidden elsewhere. */
(function () {
  'use strict';
  var synth = window.speechSynthesis;
  if (!synth || typeof window.SpeechSynthesisUtterance !== 'function') { return; }
  document.querySelectorAll('[data-read]').forEach(function (button) {
    button.hidden = false;
    button.addEventListener('click', function () {
      var text = new window.SpeechSynthesisUtterance(button.getAttribute('data-read'));
      text.lang = document.documentElement.lang || 'zh-CN';
      text.rate = 0.85;
      synth.cancel();
      synth.speak(text);
    });
  });
}());
