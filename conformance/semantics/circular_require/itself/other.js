console.log(require('./main'), require.main === require.cache[require.resolve('./main')], module.id === __filename, module.loaded, module.parent === require.main);
