// English words of the copies of a lot: where they go, how old they are, and the recovery key on its sheet.
// What failed has its words in the fault table.
import type { copies as chinese } from '../zh/copies.ts'

export const copies: typeof chinese = {
  copies: {
    title: 'Copies and recovery key',
    to: 'Copies go to',
    noPlace:
      'No second place: when this machine dies the ledger is gone. Choose a folder or a server',
    hostKey: 'Host key of the server',
    place: {
      set: 'Choose where copies go',
      other: 'Let copies go elsewhere',
      save: 'Write a file as a try, then use it',
      label: 'Folder for copies',
      why: 'A folder that is there already, on another disk, a stick or a network drive',
      folder: 'Folder of this computer, a stick or a network drive',
      server: 'Server (SFTP)',
      host: 'Address of the server',
      hostWhy: 'Name or IP; ask whoever runs it. Most network storage offers SFTP, too',
      port: 'Port',
      user: 'User',
      path: 'Folder on the server',
      pathWhy:
        'One that is there. From / on it is the whole path, from /~/ on below the home of the user',
      look: 'See the host key of the server',
      looking: 'Connecting…',
      agreed: 'This is our server: accept this host key and no other from now on',
      agreedWhy:
        'Compare it letter by letter with what whoever runs the server sees. Before that the server is told no name and no password.',
      password: 'Password',
      passwordWhy:
        'Sealed in this computer and never shown again; the recovery key takes it to a new one',
      passwordKept: 'It is sealed already; leave this empty to keep it',
      try: 'Write a file as a try',
      trying: 'Writing…',
      tried: 'A file was written and removed: it can be used',
      room: '{room} left',
    },
    last: 'Last copy',
    tested: 'Last restore by test',
    key: 'Recovery key',
    noKey: 'No recovery key yet: without one no copy is made',
    notYet: 'none since the start',
    ago: '{age} ago',
    old: 'old: {age} ago',
    rows: '{n} rows of the ledger',
    running: 'Under way…',
    do: { now: 'Copy now', begin: 'Begin a whole copy, keep those before', test: 'Test a restore' },
    did: {
      now: 'The copy is there',
      begin: 'A whole copy is there',
      test: 'The copy was restored',
    },
    makeKey: 'Make the recovery key',
    newKey: 'Make another recovery key',
    makeIt: 'Make it',
    once: 'The key is shown this once. Print it and save it to a stick, lock both away, keep none in the lane computer.',
    replaces: 'New copies open with the new key; those of before still open with the one before',
    split: 'In two shares for two people, both needed',
    sheet: 'Recovery key of the car park',
    share: 'share {n} of 2',
    sheetWhy:
      'With it the ledger and the keys of this lot open on any machine. Lock it away, take no picture of it.',
    print: 'Print (also as PDF)',
    stick: 'Save as a file (for a stick)',
    kept: 'It is printed or saved, and I know where',
    put: 'Put away, show it no more',
    why: 'A sealed copy is sent each quarter of an hour, and one is restored by test each night. Times are by the clock of the lot; "none since the start" says nothing of before.',
  },
}
