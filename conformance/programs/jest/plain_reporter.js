'use strict';

/** A reporter of Jest that says everything but how long it took and in which order files ended. */
module.exports = class PlainReporter {
  onRunComplete(contexts, results) {
    const byName = (a, b) => (a.testFilePath < b.testFilePath ? -1 : 1);
    for (const { testResults, failureMessage, snapshot } of results.testResults.sort(byName)) {
      for (const { fullName, status } of testResults) console.log(status, fullName);
      console.log(failureMessage, snapshot.added);
    }
    const { numTotalTests, numFailedTests, numFailedTestSuites } = results;
    console.log(numTotalTests, numFailedTests, numFailedTestSuites);
  }
};
