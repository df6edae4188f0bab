// A file of a stage of windows or wires that failed beside other work is run once more, alone.
// What passes then is counted as passed and is named: it depends on the load, and that is to be mended.

/** More than this many broken files are no accident of the load. */
const filesMax = 2

/** The files to run once more; none when something else than tests failed, or too much did. */
export function filesToRunAlone({ failed, broken, brokenFiles }) {
  const ofTests = brokenFiles.reduce((sum, file) => sum + file.failed, 0)
  if (ofTests === 0 || ofTests !== failed || broken.length !== failed) return []
  return brokenFiles.length > filesMax ? [] : brokenFiles.map(({ file }) => file)
}

/**
 * The counts of a stage after its broken files ran alone: theirs in place of what they gave before.
 * `alone` names each test that failed before, where its file passed alone whole; a failure stays one.
 */
export function withAlone(before, alone) {
  const { brokenFiles } = before
  const passedBefore = brokenFiles.reduce((sum, file) => sum + file.passed, 0)
  const ranAll = alone.passed + alone.failed >= passedBefore + before.failed
  if (alone.failed > 0 || !ranAll) return before
  return {
    ...before,
    passed: before.passed - passedBefore + alone.passed,
    failed: 0,
    broken: [],
    brokenFiles: [],
    passedFiles: [...before.passedFiles, ...alone.passedFiles],
    alone: before.broken,
  }
}
