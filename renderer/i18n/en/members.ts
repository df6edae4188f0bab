// English words of the page of members; the keys are those of the Chinese catalogue.
// Refusals come from the runtime with their own words.

export const members = {
  members: {
    title: 'Passes and lists',
    none: 'No list yet',
    noneWhy:
      'Add period passes, a white list, emergency vehicles or visitors, or import a table. Time that the list covers costs nothing, other time is charged as usual.',
    search: 'Find a plate, a name or a number',
    noneFits: 'Nothing fits',
    count: '{count} entries, {inside} cars inside',
    no: 'Number',
    kind: 'Kind',
    kindOf: {
      period: 'Period pass',
      white: 'White list',
      emergency: 'Emergency vehicle',
      visitor: 'Visitor',
      points: 'Points',
    },
    name: 'Holder',
    plates: 'Plates',
    platesWhy:
      'Blanks between several plates; an emergency vehicle may be * with the last character of its plate',
    spaces: 'Spaces',
    spacesWhy:
      'How many cars at one time cost nothing; empty for no limit. A later car pays as any until a space is free',
    noLimit: 'no limit',
    areas: 'Areas',
    allAreas: 'whole lot',
    from: 'First day',
    until: 'Last day',
    sold: 'Sold for, yuan',
    soldNone: 'not sold',
    means: 'Taken by',
    soldWhy:
      'The money of a pass counts in the takings of today and in the drawer; it is of no stay',
    untilWhy: 'Valid until 24:00 of that day; white list and emergency vehicles may have none',
    noEnd: 'open end',
    state: 'State',
    stateOf: { valid: 'valid', notYet: 'not yet', expired: 'expired' },
    daysLeft: '{count} days left',
    inside: 'Inside',
    isInside: '{plate} inside',
    pays: '{plate} inside, its spaces are taken: it pays as any car',
    add: 'Add an entry',
    renew: 'Renew or change',
    renewTitle: 'Renew or change {no}',
    save: 'Save',
    reverse: 'Take back',
    reverseTitle: 'Take back {no} {name}',
    reverseWhy: 'Not valid from now on; what a car inside has parked before stays free.',
    salePaid:
      '{no} was taken back: {paid} were paid, {left} of it could go back then. It is given back below.',
    import: 'Import a table',
    importWhy:
      'An import adds and changes: who is not in the table stays. This is what it changes; it is written at once or not at all.',
    export: 'Export a table',
    exported: '{count} entries exported',
    added: 'New: {count}',
    changed: 'Changed: {count}',
    ended: 'Not in the table, they stay; can be taken back: {count}',
    same: 'Unchanged: {count}',
    write: 'Write the list',
    writeComplete: 'This list is complete: write it, and take the other {count} back',
  },
}
