// English words of the page of reports; the words inside a report come from the runtime.
// What is saved is what is shown.

export const report = {
  report: {
    title: 'Reports',
    kind: 'Report',
    of: {
      day: 'Day',
      shift: 'Shifts',
      month: 'Month',
      tariff: 'By tariff',
      means: 'By means',
      exceptions: 'Exceptions',
    },
    from: 'From',
    to: 'To (included)',
    progress: '{done} of {of} days read',
    stop: 'Stop',
    stopped: 'Stopped, there is no report',
    empty: 'No report yet',
    emptyWhy: 'Choose a report and its days: it is shown here and can be saved.',
    save: { pdf: 'Save as PDF', xlsx: 'Save for Excel', csv: 'Save as CSV' },
    saved: 'Saved {name}',
    plans: {
      title: 'Reports made by themselves',
      when: 'When',
      day: 'each day at {at}',
      month: 'the 1st of each month at {at}',
      to: 'Folder',
      last: 'Last one',
      never: 'none yet',
      edition: 'edition {n}',
      open: 'figures may still change',
    },
  },
}
