// Cycles across the two systems are refused where an ES module would be seen half evaluated.
const attempts = ['./esm-to-running-cjs.mjs', './esm-requires-itself.mjs', './fine.mjs'];
for (const attempt of attempts) {
  try {
    console.log(require(attempt));
  } catch (error) {
    console.log(error.code, error.message.replaceAll(__dirname, ''));
  }
}
