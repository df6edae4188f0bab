// English words of the start page: what to begin with.
// Only what works is offered.
import type { start as chinese } from '../zh/start.ts'

export const start: typeof chinese = {
  start: {
    title: 'Where to begin',
    setup: 'Set up a car park',
    setupWhy: 'From a drawing of its lanes; stop and come back at any time',
    device: 'Connect a device',
    deviceWhy: 'No car park needed: find, read, adjust, watch its frames',
    open: 'Open a car park',
    openWhy: '{n} of this computer below · from a folder (the one with lot.json)',
    known: 'Open {name}',
    knownWhy: 'In {dir}',
    change: 'Change {name}',
    changeWhy:
      'The same forms; changes are shown before they are written, one step goes back. While its lanes stand still',
    nearby: 'Find car parks on the network',
    nearbyWhy: 'Asks when pressed: listens by mDNS for {n} s on each network card',
    nearbyBusy: 'Listening, {n} s…',
    nearbyNone:
      'No car park was heard in {n} s ({cards}). A lane computer tells of itself only where a card was named (run --announce).',
    nearbyCount: '{n} on the network ({cards})',
    nearbyOpen:
      'Open it on that computer: lanes take orders of their own machine alone, none from here.',
    restore: 'New computer: restore a copy',
    restoreWhy:
      'With the recovery key and the copies of the second place, go on with the same ledger',
    carry: 'Send waiting records for a lane computer',
    carryWhy:
      'It has no network or is gone: from this computer, which has one, with the recovery key',
    demo: 'See the demo',
    demoWhy: 'A simulated entry and exit that touch no real device',
    noLot: 'No car park in {dir}: neither lot.json nor a ledger. No file was changed.',
    busy: 'Opening…',
    back: '‹ Back',
    from: 'Folder with the copies',
    fromWhy: 'A stick, a disk or a shared folder: the place chosen at set-up',
    keyFile: 'Recovery key: file on a stick',
    keyText: 'or its text on paper',
    keyTextWhy: 'A hand scanner may read the code on the sheet; of a key in two shares give both',
    bill: "The platform's bill (may be left out)",
    billWhy: 'Lists the charges that the copy does not have',
    head: 'ledger.head of the old disk (may be left out)',
    headWhy: 'Where that disk can still be read: counts the rows that the copy does not have',
    by: 'Who restores it',
    reason: 'New computer, restored from a copy',
    run: 'Restore',
    missing: {
      carryFrom: 'Choose the folder with the waiting records',
      from: 'Choose the folder with the copies; or name the server, agree to its key and type its password',
      key: 'Give the recovery key',
      by: 'Give a name',
    },
    running: 'Opening the copy and checking the ledger row by row… {seconds} s',
    done: 'Restored: {rows} rows of the ledger, each one checked',
    lostAfter: 'The copy was made at {at}. What was recorded after that is not in it.',
    lostRows: 'Rows of the old computer that are missing: {n}.',
    takeSound: 'Restore the earlier copy that is sound',
    damaged: {
      gone: 'gone',
      cut: 'cut short',
      changed: 'altered or damaged',
      torn: 'its last line was not written to the end',
    },
    left: 'Copy {n} ({at}, to row {rows}) cannot be opened and was not used.',
    lostNone: "The ledger has every charge of the platform's bill.",
    refundsTaken:
      'The platform bill has {n} refunds of the old computer; they stand in the ledger now and are not given twice:',
    lostSome:
      "Charges of the platform's bill that do not agree with the ledger: {n}, {money} in all. Check each:",
    lostWhy: {
      absent: 'not in the ledger',
      open: 'without an outcome in the ledger',
      amount: 'another amount',
    },
    photos:
      'Photos there: {n}. They come back while the lanes run; the page of copies shows how far.',
    photosNone: 'No sound photo is there.',
    photosNewest: 'The newest was taken at {at}.',
    photosLost: 'Photos that the ledger names and that were never copied: {n}. They are gone.',
    photosMore: 'Damaged photos in all: {n}.',
    photosUnknown:
      'What photos are there could not be seen. They are looked for again while the lanes run.',
    inside: 'Recount the cars inside before you let cars out.',
    carryHow:
      'Each record is sent to the platform, and its answer is written down. However often it is sent, it counts once and nothing is charged twice.',
    carryFrom: 'Folder with the waiting records',
    carryFromWhy:
      'Of a stick, exported at the lane computer; or the folder of the car park (the one with lot.json) of a computer that is gone',
    carryRun: 'Send to the platform',
    carryAgain: 'Send again what is open',
    carryStop: 'Stop (Esc)',
    carryOpening: 'Opening and checking the records…',
    carrying: '{done} of {records} records done',
    carriedAll: 'The platform answered every record: {n}',
    carriedSome:
      'Answered: {n}; still open: {open}. It was not sent to the end and can be sent again.',
    carriedRefused: 'Records that the platform did not take: {n}. A person has to look at each:',
    carriedBack:
      'The answers lie beside the records. Take the folder back to the lane computer and use "Take answers back" on its page To upload; where that computer is gone, the restored car park asks the platform by itself.',
    carriedNone: 'Nothing was waiting: the platform has every record',
    openIt: 'Open the car park',
    why: 'Nothing runs yet and no file was written. The menu leads back to this page at any time.',
  },
}
