// How many colours a terminal shows, told from the environment: bits per colour (1, 4, 8 or 24).
'use strict';

const kMono = 1;
const k16 = 4;
const k256 = 8;
const kTrueColor = 24;

// TERM values that mean 16 colours although they do not say so.
const kTerms = {
  '__proto__': null,
  'eterm': k16,
  'cons25': k16,
  'console': k16,
  'cygwin': k16,
  'dtterm': k16,
  'gnome': k16,
  'hurd': k16,
  'jfbterm': k16,
  'konsole': k16,
  'kterm': k16,
  'mlterm': k16,
  'mosh': kTrueColor,
  'putty': k16,
  'st': k16,
  'rxvt-unicode-24bit': kTrueColor,
  'terminator': kTrueColor,
  'xterm-kitty': kTrueColor,
};

const kTermPatterns = [/ansi/, /color/, /linux/, /direct/, /^con\d*x\d/, /^rxvt/, /^screen/, /^xterm/, /^vt100/, /^vt220/];

const kCi = [
  ['APPVEYOR', k256], ['BUILDKITE', k256], ['CIRCLECI', kTrueColor], ['DRONE', k256], ['GITEA_ACTIONS', kTrueColor],
  ['GITHUB_ACTIONS', kTrueColor], ['GITLAB_CI', k256], ['TRAVIS', k256],
];

let warned = false;

function warnOnConflict(env) {
  if (warned) return;
  warned = true;
  const ignored = ['NODE_DISABLE_COLORS', 'NO_COLOR'].filter((name) => env[name] !== undefined);
  if (ignored.length > 0) {
    process.emitWarning(`The '${ignored.join("' and '")}' env is ignored due to the 'FORCE_COLOR' env being set.`, 'Warning');
  }
}

function forcedDepth(env) {
  switch (env.FORCE_COLOR) {
    case undefined:
      return undefined;
    case '':
    case '1':
    case 'true':
      warnOnConflict(env);
      return k16;
    case '2':
      warnOnConflict(env);
      return k256;
    case '3':
      warnOnConflict(env);
      return kTrueColor;
    default:
      return kMono;
  }
}

function ciDepth(env) {
  for (const [name, depth] of kCi) {
    if (name in env) return depth;
  }
  return env.CI_NAME === 'codeship' ? k256 : kMono;
}

function programDepth(env) {
  switch (env.TERM_PROGRAM) {
    case 'iTerm.app':
      return !env.TERM_PROGRAM_VERSION || /^[0-2]\./.test(env.TERM_PROGRAM_VERSION) ? k256 : kTrueColor;
    case 'HyperTerm':
    case 'MacTerm':
      return kTrueColor;
    case 'Apple_Terminal':
      return k256;
    default:
      return undefined;
  }
}

function termDepth(env) {
  const { TERM } = env;
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return kTrueColor;
  if (!TERM) return kMono;
  if (TERM.startsWith('xterm-256') || /^xterm.*-256color/.test(TERM)) return k256;
  const lower = TERM.toLowerCase();
  if (kTerms[lower] !== undefined) return kTerms[lower];
  if (lower.includes('truecolor')) return kTrueColor;
  return kTermPatterns.some((pattern) => pattern.test(lower)) ? k16 : kMono;
}

const isSet = (value) => value !== undefined && value !== '';

function getColorDepth(env = process.env) {
  const forced = forcedDepth(env);
  if (forced !== undefined) return forced;
  if (isSet(env.NODE_DISABLE_COLORS) || isSet(env.NO_COLOR) || env.TERM === 'dumb') return kMono;
  if (env.TMUX) return kTrueColor;
  if ('TF_BUILD' in env && 'AGENT_NAME' in env) return k16;
  if ('CI' in env) return ciDepth(env);
  if ('TEAMCITY_VERSION' in env) {
    return /^(9\.(0*[1-9]\d*)\.|\d{2,}\.)/.test(env.TEAMCITY_VERSION) ? k16 : kMono;
  }
  const program = programDepth(env);
  if (program !== undefined) return program;
  const depth = termDepth(env);
  if (depth !== kMono) return depth;
  return env.COLORTERM ? k16 : kMono;
}

module.exports = { getColorDepth };
