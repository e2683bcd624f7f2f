/* Lists the routes of the OpenAPI document, each with a form that tries it out. Nothing is kept: the token lives in
   its field only. */
(function () {
  'use strict';
  var main = document.getElementById('main');
  var list = document.getElementById('routes');
  if (!main || !list) { return; }
  var words = main.dataset;

  function make(name, text, parent) {
    var node = document.createElement(name);
    if (text) { node.textContent = text; }
    if (parent) { parent.appendChild(node); }
    return node;
  }

  /* A small example of a schema, to be changed and sent. */
  function example(schema, all, depth) {
    if (!schema || depth > 6) { return null; }
    if (schema.$ref) { return example(all[schema.$ref.split('/').pop()], all, depth + 1); }
    if (schema.example !== undefined) { return schema.example; }
    var either = schema.oneOf || schema.anyOf;
    if (either) { return example(either[0], all, depth + 1); }
    var type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    if (type === 'object') {
      var made = {};
      Object.keys(schema.properties || {}).forEach(function (key) {
        made[key] = example(schema.properties[key], all, depth + 1);
      });
      return made;
    }
    if (type === 'array') { return [example(schema.items, all, depth + 1)]; }
    if (type === 'string') { return schema.format === 'date' ? '2026-09-01' : ''; }
    if (type === 'integer' || type === 'number') { return 0; }
    if (type === 'boolean') { return false; }
    return null;
  }

  function field(form, name, label, type) {
    var box = make('div', '', form);
    box.className = 'field';
    var caption = make('label', label, box);
    var input = make(type || 'input', '', box);
    input.className = 'input';
    input.name = name;
    input.id = form.id + '-' + name;
    caption.htmlFor = input.id;
    return input;
  }

  function address(path, parameters, form) {
    var query = [];
    parameters.forEach(function (parameter) {
      var value = form.elements['p.' + parameter.name].value;
      if (parameter.in === 'path') {
        path = path.replace('{' + parameter.name + '}', encodeURIComponent(value));
      } else if (parameter.in === 'query' && value) {
        query.push(encodeURIComponent(parameter.name) + '=' + encodeURIComponent(value));
      }
    });
    return path + (query.length ? '?' + query.join('&') : '');
  }

  function send(method, path, operation, form, answer) {
    var request = { method: method.toUpperCase(), headers: {}, credentials: 'same-origin' };
    var token = document.getElementById('token').value.trim();
    if (token) {
      request.headers.Authorization = 'Bearer ' + token;
      request.credentials = 'omit';
    }
    if (form.elements.body) {
      request.headers['Content-Type'] = 'application/json';
      request.body = form.elements.body.value;
    }
    fetch(address(path, operation.parameters || [], form), request).then(function (response) {
      return response.text().then(function (text) {
        var shown = text;
        try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch (ignored) { shown = text; }
        answer.textContent = response.status + ' ' + response.statusText + '\n' + shown;
      });
    }).catch(function () { answer.textContent = words.failed; });
  }

  function route(method, path, operation, all, number) {
    var card = make('details', '', list);
    card.className = 'card';
    var head = make('summary', '', card);
    make('code', method.toUpperCase() + ' ' + path, head);
    make('p', operation.summary || operation.description || '', card);
    var form = make('form', '', card);
    form.id = 'route-' + number;
    (operation.parameters || []).forEach(function (parameter) {
      var label = parameter.name + (parameter.required ? ' *' : '');
      field(form, 'p.' + parameter.name, label + (parameter.description ? ' – ' + parameter.description : ''));
    });
    var content = operation.requestBody && operation.requestBody.content['application/json'];
    if (content) {
      var body = field(form, 'body', words.body, 'textarea');
      body.rows = 6;
      body.value = JSON.stringify(example(content.schema, all, 0), null, 2);
    }
    var button = make('button', words.send, form);
    button.className = 'btn';
    make('h3', words.answer, card);
    var answer = make('pre', '', card);
    var statuses = Object.keys(operation.responses || {}).map(function (status) {
      return status + ' ' + (operation.responses[status].description || '');
    });
    answer.textContent = statuses.join('\n');
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      send(method, path, operation, form, answer);
    });
  }

  fetch(words.document).then(function (response) { return response.json(); }).then(function (doc) {
    var all = (doc.components && doc.components.schemas) || {};
    var number = 0;
    Object.keys(doc.paths).forEach(function (path) {
      Object.keys(doc.paths[path]).forEach(function (method) {
        number += 1;
        route(method, path, doc.paths[path][method], all, number);
      });
    });
  }).catch(function () { list.textContent = words.failed; });
}());
