console.log('dependency.mjs runs');
