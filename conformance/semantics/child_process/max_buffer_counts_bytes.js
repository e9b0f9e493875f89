// Three bytes a letter.
const { execFile } = require('child_process');
execFile('printf', ['\u20ac\u20ac\u20ac'], { maxBuffer: 9 }, (none, text) => {
  console.log(none, text);
  execFile('printf', ['\u20ac\u20ac\u20ac'], { maxBuffer: 8 }, (error) => console.log(error.code));
});
