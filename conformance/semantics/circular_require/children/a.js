require('./b'); require('./c');
