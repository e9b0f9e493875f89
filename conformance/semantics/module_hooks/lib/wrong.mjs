const resolutions = {
  resolve1: () => 5,
  resolve2: () => ({ shortCircuit: true }),
  resolve3: () => ({ url: 'x y', shortCircuit: true }),
  resolve4: () => ({ url: 'a:b', format: 5, shortCircuit: true }),
  resolve5: () => ({ url: 'a:b', importAttributes: 5, shortCircuit: true }),
  resolve6: () => ({ url: 'a:b' }),
  resolve7: (next) => next(5),
  resolve8: (next) => next('a', 5),
  resolve9: () => ({ url: 'a:b', shortCircuit: 5 }),
  resolve10: () => null,
  resolve11: (next) => next('fs', { conditions: 5 }),
  resolve12: () => { throw undefined; },
};

const loads = {
  load1: () => 5,
  load2: () => ({ shortCircuit: true }),
  load3: () => ({ format: 5, shortCircuit: true }),
  load4: () => ({ format: 'module', source: 5, shortCircuit: true }),
  load5: () => ({ format: 'module', shortCircuit: true }),
  load6: () => ({ format: 'module', source: '' }),
  load7: (next) => next(5),
  load8: (next) => next('x:y', 5),
  load9: (next) => next('nourl'),
  load10: (next) => next('zz:z'),
  load11: () => ({ format: 'nope', source: '', shortCircuit: true }),
  load12: () => ({ format: 'module', source: null, shortCircuit: true }),
  load13: () => ({ format: 'json', shortCircuit: true }),
  load14: () => ({ format: 'wasm', source: 'abc', shortCircuit: true }),
  load15: () => ({ format: 'commonjs', source: '', shortCircuit: true }),
  load16: () => ({ format: 'commonjs', shortCircuit: true }),
  load17: () => ({ format: 'builtin', source: '', shortCircuit: true }),
};

export async function resolve(specifier, context, next) {
  if (specifier.startsWith('load')) return { url: `x:${specifier}`, shortCircuit: true };
  const wrong = resolutions[specifier];
  return wrong === undefined ? next(specifier, context) : wrong(next);
}

export async function load(url, context, next) {
  const wrong = loads[url.slice('x:'.length)];
  return wrong === undefined ? next(url, context) : wrong(next);
}
