// English words of the keys that pages have for themselves, and of what they open.
// The help page and the palette say the same.

export const keys = {
  keys: {
    compare: 'Compare backups with the settings now',
    diff: 'See what would be written',
    save: 'Save (frames, a drafted profile)',
    load: 'Open a file (passport, profiles)',
    undo: 'Undo the last change',
    redo: 'Redo',
    backup: 'Back up the device settings now',
    open: 'Lane page: open the barrier, with a reason',
    settle: 'Lane page: other payment',
    test: 'Begin a test or a search, or stop it',
    write: 'Write after the comparison, or begin the step',
    space: 'Frames: pause or go on',
    esc: 'Stop a test or a search, close the top layer',
    noBackups: 'There is no backup to compare with yet',
  },
  settingsDiff: {
    write: 'Go on to write',
    title: 'What would be written to {lane}',
    why: 'Preview only; nothing is written here.',
    none: 'Nothing would change: no value is typed that differs',
    col: { name: 'Setting', old: 'Now', new: 'New', what: 'Verdict' },
    state: {
      same: 'no change',
      changed: 'would be written',
      mechanical: 'recorded, not written',
      unlawful: 'outside the standard: a person has to answer for it',
      refused: 'not allowed',
      notOnDevice: 'not on this device',
    },
    close: 'Back to the form',
  },
  backupNow: {
    title: 'Back up the antenna settings of {lane}',
    what: 'Keeps the settings that the device has now; nothing is written to it. They can be compared and restored later.',
    do: 'Back up',
  },
}
