// Contexts of vm are told of with their names; pauses in them are seen.
'use strict';
const vm = require('vm');
const { Session } = require('inspector');
const session = new Session();
session.connect();
session.on('Runtime.executionContextCreated', ({ params: { context } }) => {
  console.log(context.auxData.isDefault ? 'main' : context.name, context.origin, context.auxData);
});
session.post('Runtime.enable');
const context = vm.createContext({}, { name: 'named', origin: 'https://example.org' });
vm.createContext({});
session.on('Debugger.paused', ({ params }) => console.log('paused:', params.reason));
session.post('Debugger.enable');
vm.runInContext('debugger; 1', context);
