'use strict';
// The control sequences that readline writes to terminals: CSI`2;3H`, and those without parameters by their names.

function CSI(strings, ...values) {
  return `\x1b[${String.raw({ raw: strings }, ...values)}`;
}

CSI.kClearToLineBeginning = CSI`1K`;
CSI.kClearToLineEnd = CSI`0K`;
CSI.kClearLine = CSI`2K`;
CSI.kClearScreenDown = CSI`0J`;

module.exports = { CSI };
