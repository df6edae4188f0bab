// English words of the page of exposure and outage rehearsals.
// A rehearsal is of the real lot: each sentence says what cars meet.
import type { Messages } from '../zh/index.ts'

export const rehearsal: Pick<Messages, 'rehearsal'> = {
  rehearsal: {
    title: 'Outage rehearsal',
    exposure: 'Risk without network',
    dial: {
      total: 'Exposure',
      count: 'Charges to upload',
      oldest: 'Oldest of them',
      list: 'Age of the status list',
    },
    dialNone: { oldest: 'none waits', list: 'no list has come yet' },
    of: '{now} of {cap}',
    arrears: '{count} arrears, {amount}',
    policy: {
      'other-payment': 'without network other payment is taken',
      'settle-later': 'without network cars go and owe',
      'accept-within-caps': 'without network cards are debited within the caps',
    },
    now: 'Now',
    begin: 'Begin a rehearsal',
    beginDo: 'Cut for {min} min',
    end: 'Restore early',
    endDo: 'Restore now',
    none: 'No rehearsal is running. The lanes work as ever.',
    bar: 'None can begin now: {why}',
    phase: {
      cut: 'Rehearsal: {what} is cut, restored by itself in {left}',
      settling: 'Restored; {what} has {left} to answer again',
    },
    sofar: '{cars} cars out, longest wait {wait}',
    last: 'The last rehearsal',
    grade: 'Grade',
    gradeOf: {
      passed: 'Passed',
      slow: 'A car waited too long',
      failed: 'Not passed',
      noCars: 'No car came, nothing was shown',
    },
    what: 'What is cut',
    cut: {
      platform: 'Platform',
      network: 'Network',
      camera: 'Camera',
      rsu: 'Antenna',
      time: 'Time sources',
    },
    by: {
      time: 'restored in time',
      person: 'restored early by a person',
      restart: 'restored by a restart',
    },
    cars: 'Cars out',
    waited: 'Longest wait',
    lost: 'Lost',
    doubled: 'Taken twice',
    restored: 'Answers again',
    yes: 'yes',
    no: 'no',
    minutes: 'Minutes (1 to 30)',
    warn: 'This is the real lane: cars that come meanwhile meet what is cut. Have somebody there.',
    why: 'Only the way from the program to it is cut, and never the barrier. Its time, a person or the end of the program restores it. The grade comes from the ledger: cars out in time, no money lost, none taken twice.',
  },
}
