// An Express application that uses what most of them use; it prints its port. compare.py asks it with curl.
'use strict';

const express = require('express');

const app = express();
app.use(express.json());
app.use(express.urlencoded({ extended: true }));
app.use((request, response, next) => {
  response.set('X-Method', request.method);
  next();
});
app.get('/', (request, response) => response.send('hello from express'));
app.get('/users/:id', (request, response) => response.json({ id: request.params.id, query: request.query }));
app.post('/echo', (request, response) => response.status(201).json({ body: request.body, type: request.get('content-type') }));
app.get('/file', (request, response) => response.sendFile(require.resolve('express/package.json')));
app.get('/redirect', (request, response) => response.redirect('/'));
app.get('/cookie', (request, response) => response.cookie('name', 'a value', { httpOnly: true }).end());
app.get('/throws', () => {
  throw new Error('thrown in a handler');
});
app.use((error, request, response, next) => response.status(500).type('text').send(error.message));

const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
