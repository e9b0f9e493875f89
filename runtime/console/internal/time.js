'use strict';

// Run with internal/console; writes durations for people.

function pad(value) {
  return `${value}`.padStart(2, '0');
}

/** `1.234ms`, `2.500s`, `1:02.500 (m:ss.mmm)`, `1:00:02.500 (h:mm:ss.mmm)`. */
function formatTime(milliseconds) {
  if (milliseconds < 1000) return `${Number(milliseconds.toFixed(3))}ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(3)}s`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const [whole, fraction] = (seconds % 60).toFixed(3).split('.');
  const start = hours === 0 ? minutes : `${hours}:${pad(minutes)}`;
  return `${start}:${pad(whole)}.${fraction} (${hours === 0 ? '' : 'h:m'}m:ss.mmm)`;
}

module.exports = { formatTime };
