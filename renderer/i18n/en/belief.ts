// English words of the page that says what a lane ran on at a time, and what is otherwise now.
// Settings come from the runtime with their own words.

export const belief = {
  belief: {
    title: 'Settings then',
    open: 'By which rules',
    lane: 'Lane',
    at: 'Time',
    then: 'Who made it so',
    by: 'Written by {by}, {at}: {reason}',
    byFile: 'Somebody edited {files} before {at}; the lanes ran on it from then on',
    otherwise: 'Otherwise now',
    same: 'The same as now',
    what: 'Setting',
    was: 'Then',
    is: 'Now',
    who: 'Who changed it',
    unkept: 'The file was edited since the start; no lane has run on it',
    settings: 'All settings of then',
    none: 'No settings were kept by then',
    noneWhy:
      'From the first writing or the first start on, each change is kept. Choose a later time.',
    versions: '{count} versions were kept',
  },
}
