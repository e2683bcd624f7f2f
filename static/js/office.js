// Small help on staff pages; everything also works without it: print buttons, sums and presets of
// the weights, "all / none" for check boxes, the steppers of the inspection form, seats.
(function () {
  'use strict';

  function each(selector, root, act) {
    Array.prototype.forEach.call(root.querySelectorAll(selector), act);
  }

  each('[data-print]', document, function (button) {
    button.hidden = false;
    button.addEventListener('click', function () { window.print(); });
  });
  each('[data-js]', document, function (part) { part.hidden = false; });

  // One menu open at a time; a press elsewhere or Escape closes it.
  function closeMenus(but) {
    each('details.sf-menu[open]', document, function (menu) { if (menu !== but) menu.open = false; });
  }
  document.addEventListener('click', function (event) {
    closeMenus(event.target.closest ? event.target.closest('details.sf-menu') : null);
  });
  document.addEventListener('keydown', function (event) { if (event.key === 'Escape') closeMenus(null); });

  each('[data-checks]', document, function (group) {
    group.addEventListener('click', function (event) {
      var button = event.target.closest('[data-check]');
      if (!button) return;
      each('input[type=checkbox]', group, function (box) { box.checked = button.dataset.check === 'all'; });
    });
  });

  // Two seats chosen are swapped at once.
  each('[data-seats]', document, function (form) {
    form.addEventListener('change', function () {
      if (form.querySelectorAll('input[name=seat]:checked').length === 2) form.querySelector('[value=swap]').click();
    });
  });

  each('[data-set]', document, function (set) {
    var inputs = Array.prototype.slice.call(set.querySelectorAll('input[type=number]'));
    function draw() {
      // Hundredths as whole numbers: tenths do not add up exactly.
      var sum = inputs.reduce(function (sum, input) {
        var fill = input.closest('label').querySelector('.fl');
        var value = Number(input.value) || 0;
        if (fill) fill.setAttribute('width', String(Math.max(0, Math.min(100, value))));
        return sum + Math.round(value * 100);
      }, 0);
      set.querySelector('[data-total]').textContent = String(sum / 100);
      set.querySelector('[data-sum]').classList.toggle('wrong', sum !== 10000);
    }
    set.addEventListener('input', draw);
    set.addEventListener('click', function (event) {
      var button = event.target.closest('[data-preset]');
      if (!button) return;
      event.preventDefault();
      button.dataset.preset.split('·').forEach(function (value, i) { if (inputs[i]) inputs[i].value = value.trim(); });
      each('[data-preset]', set, function (other) { other.classList.toggle('on', other === button); });
      draw();
    });
  });

  each('[data-inspection]', document, function (form) {
    form.classList.add('js');
    function mark(item, input) { item.classList.toggle('less', Number(input.value) < Number(input.dataset.full)); }
    form.addEventListener('click', function (event) {
      var button = event.target.closest('[data-step]');
      if (!button) return;
      event.preventDefault();
      var item = button.closest('[data-item]');
      var input = item.querySelector('input[type=number]');
      var value = Number(input.value) + Number(button.dataset.step) * Number(input.step || 1);
      input.value = String(Math.max(0, Math.min(Number(input.dataset.full), Math.round(value * 100) / 100)));
      mark(item, input);
    });
    form.addEventListener('input', function (event) {
      if (event.target.type === 'number') mark(event.target.closest('[data-item]'), event.target);
    });
  });
})();
