'use strict';
// Who formats the stack of an error: the Error of its own context if it has a formatter, else that of the program.
const vm = require('vm');

const plain = vm.createContext();
const own = vm.createContext();
vm.runInContext("Error.prepareStackTrace = (error, frames) => `own ${error.message} ${frames.length > 0}`", own);
const show = (label, text) => console.log(label, text.split('\n')[0]);
const makers = ["new Error('a').stack", "try { null.x } catch (error) { error.stack }", "new (class X extends Error {})('b').stack"];

for (const maker of makers) {
  show('plain', vm.runInContext(maker, plain));
  show('own', vm.runInContext(maker, own));
}
Error.prepareStackTrace = (error, frames) => `program ${error.message} ${frames.length > 0}`;
for (const maker of makers) {
  show('plain', vm.runInContext(maker, plain));
  show('own', vm.runInContext(maker, own));
}
show('error of the program in a context', vm.runInContext('(E) => new E("c").stack', own)(Error));
show('error of a context in the program', new (vm.runInContext('Error', own))('d').stack);
vm.runInContext('delete Error.prepareStackTrace', own);
show('own, deleted', vm.runInContext(makers[0], own));
vm.runInContext('Error.prepareStackTrace = 1', own);
show('own, no function', vm.runInContext(makers[0], own));
