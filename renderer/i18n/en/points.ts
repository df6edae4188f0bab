// English words of the page of points: balances, one statement, spending for a car, balances of another system.
// Refusals come from the runtime with their own words.

export const points = {
  points: {
    title: 'Points',
    count: '{count} members with points',
    none: 'No member has points yet',
    noneWhy:
      'Add cars as members of the kind Points on the page of passes and lists, and write the rules of points into the tariff.',
    rules:
      '{perYuan} points for 1 yuan, {perVisit} for each stay, valid for {validDays} days; one takes off {worth}, together at most {most} of one stay.',
    noRules: 'The tariff of now has no rules of points: none are earned or used.',
    no: 'Number',
    name: 'Member',
    plates: 'Plates',
    balance: 'Points',
    inside: '{plate} inside',
    use: 'Use',
    useTitle: 'Use points of {no}',
    useDo: 'Use {count} points',
    useWhy:
      'For this stay alone: they are taken off what is due at the exit; those that take off nothing come back.',
    howMany: 'How many points',
    car: 'Car',
    statement: 'Statement',
    statementTitle: 'Points of {no}',
    at: 'Time',
    stay: 'Stay',
    brought: 'Brought from another system',
    until: 'Valid until',
    back: 'Give back',
    empty: 'No points yet',
    close: 'Close',
    import: 'Import a table',
    importWhy:
      'Columns: no, points, until. Members who are not in it keep theirs; a number that was brought before gets what the table says.',
    added: 'New: {count}',
    changed: 'Changed: {count}',
    same: 'Unchanged: {count}',
    write: 'Write the points',
  },
}
