/* The practice round: a tap shows at once how a friend saw it. Without this script a button asks for it. Nothing is sent. */
(function () {
  'use strict';
  var form = document.querySelector('[data-practice]');
  if (!form) { return; }
  var friend = form.querySelector('[data-friend]');
  var look = form.querySelector('[value=look]');
  var next = form.querySelector('[value=next]');
  look.hidden = true;
  form.addEventListener('change', function () {
    var note = form.querySelector('.alert');
    if (note) { note.hidden = true; }
    friend.hidden = false;
    next.hidden = false;
    if (friend.scrollIntoView) { friend.scrollIntoView({ block: 'nearest' }); }
  });
  form.addEventListener('submit', function (event) {
    if (next.hidden) { event.preventDefault(); }
  });
}());
