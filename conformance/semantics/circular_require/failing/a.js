exports.partial = 'from a'; require('./b'); throw new Error('a failed');
