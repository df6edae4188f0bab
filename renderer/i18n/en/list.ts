// English words of the status list: how old it is, where it comes from, and when lanes stop to debit cards by themselves.
// What failed has its words in the fault table.

export const list = {
  list: {
    title: 'Status list',
    state: 'Age',
    stateOf: {
      fresh: 'fresh',
      old: 'a download is late',
      expired: 'past its limit: no lane debits a card by itself',
      none: 'no list yet',
    },
    age: '{age} ago',
    version: 'Version',
    sourceOf: {
      platform: 'signed by the platform',
      file: 'file of the data folder, unsigned',
      none: 'from nowhere',
    },
    count: '{n} cards and OBUs',
    until: 'Cards are debited until',
    next: 'Next download',
    nobody: 'no platform was joined, nothing is downloaded',
    now: 'Download now',
    full: 'Download the whole list',
    take: 'Take from a stick',
    takeIt: 'Take it',
    file: 'File of the list (an answer of the platform with its signature)',
    running: 'Downloading…',
    did: 'The list is the newest',
    why: 'Changes are downloaded each quarter of an hour, the whole list once a day. What is not signed, older or has a gap is not taken: the list before it stays.',
    thisLane: 'this lane',
    ends: 'At {time} {lane} stops to debit cards by itself ({why}); then: {then}',
    ended: 'Since {time} {lane} debits no card by itself ({why}); now: {then}',
    whyOf: {
      listTooOld: 'the status list is too old',
      signInExpired: 'the sign-in of the antenna ends',
    },
    thenOf: { code: 'by code, or a person', person: 'a person' },
  },
}
