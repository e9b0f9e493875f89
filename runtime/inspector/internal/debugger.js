'use strict';

// `gyre inspect ...`: the debugger on the command line, https://nodejs.org/api/debugger.html. internal/modules/run_main
// calls main() instead of running a program.

const { exitCodes: { kInvalidArgument } } = internalBinding('process');

function usage() {
  const name = require('path').basename(process.execPath);
  return `Usage: ${name} inspect [--port=<port>] [<node-option> ...] [<script> [<script-args>] | <host>:<port> | -p <pid>]
       ${name} inspect --probe <file>:<line>[:<col>] --expr <expr> [--cond <expr>] [--max-hit <n>] [--json] [--preview]
              [--timeout=<ms>] [--port=<port>] [--] [<node-option> ...] <script> [<script-args> ...]
For more: https://nodejs.org/api/debugger.html
`;
}

function fail(text, code = kInvalidArgument) {
  process.stderr.write(text);
  process.exit(code);
}

/** Help is the debugger's own when no script comes before it. */
function asksForHelp(args) {
  const first = args.findIndex((argument) => !argument.startsWith('-'));
  const own = first === -1 ? args : args.slice(0, first);
  return own.includes('--help') || own.includes('-h');
}

/** Options of the script's process that would take its inspector away. */
function checkChildOptions(args) {
  for (const name of ['--no-inspect-brk', '--no-inspect']) {
    const last = args.findLastIndex((argument) => argument.replaceAll('_', '-') === name);
    if (last === -1) continue;
    const script = args.findIndex((argument, i) =>
      !argument.startsWith('-') && !['-r', '--require', '--import'].includes(args[i - 1]));
    if (script !== -1 && last > script) continue;
    if (args.findLastIndex((argument) => argument.replaceAll('_', '-') === '--inspect-brk') > last) continue;
    fail(`${name} is incompatible with node inspect before the child script\n`, 1);
  }
}

async function probe(args) {
  const { UsageError, parse } = require('internal/inspector/probe_arguments');
  let options;
  try {
    options = parse(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    fail(`${error.message}\n${usage()}`);
    return;
  }
  checkChildOptions(options.childArgv);
  process.exitCode = await require('internal/inspector/probe').run(options);
}

function main(args) {
  if (asksForHelp(args)) {
    process.stdout.write(usage());
    return;
  }
  if (args.length === 0) fail(usage());
  if (require('internal/inspector/probe_arguments').isProbeMode(args)) {
    probe(args);
    return;
  }
  checkChildOptions(args);
  require('internal/inspector/debugger_session').start(args);
}

module.exports = { main };
