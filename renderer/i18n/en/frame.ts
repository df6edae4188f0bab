// English words of the frame: bars, notices, log, palette, help, system screen, faults.
// The same keys as the Chinese ones, by type.
import type { Messages } from '../zh/index.ts'

export const frame: Pick<
  Messages,
  | 'app'
  | 'mode'
  | 'nav'
  | 'top'
  | 'status'
  | 'age'
  | 'stay'
  | 'stayShort'
  | 'runtime'
  | 'system'
  | 'log'
  | 'palette'
  | 'help'
  | 'fault'
  | 'common'
> = {
  app: { title: 'ETC Lane Studio' },
  mode: { demo: 'Demo', live: 'Live', unknown: 'Not connected' },
  nav: { label: 'Screens', lane: 'Lane', ledger: 'Ledger', queue: 'Queue', system: 'System' },
  top: {
    search: 'Commands',
    help: 'Help',
    heard: 'heard {seconds} s ago',
    neverHeard: 'not heard yet',
    up: 'up',
    down: 'lost',
    off: 'not fitted',
    clock: 'clock {offset}',
    why: {
      notReached: 'cannot be reached',
      silent: 'does not answer',
      credentials: 'user or password not accepted',
      secretMissing: 'password not set',
      noDigest: 'Digest is switched off',
      opensByItself: 'may open by itself',
      notSupported: 'does not offer this',
      plateMissed: 'a car came and no plate',
    },
    rsu: 'RSU',
    camera: 'Camera',
    barrier: 'Barrier',
    devices: 'Devices · {lane}',
    attendant: 'Attendant',
    unnamed: 'no name yet',
    demo: 'Demo controls',
    inside: '{inside} / {capacity} cars inside',
  },
  status: {
    label: 'Status bar',
    clock: 'Clock {offset}',
    clockUnknown: 'Clock not checked',
    unsent: '{count} unsent',
    unsentOldest: '{count} unsent (oldest {age})',
    exposure: 'Exposure {amount}',
    platform: 'Platform',
    network: 'Network',
    log: 'Log',
    poison: '{count} need a person',
  },
  age: { s: '{n} s', min: '{n} min', h: '{n} h', d: '{n} d' },
  stay: '{h} h {min} min',
  stayShort: '{min} min',
  runtime: {
    restarting: 'The lane runtime stopped; it starts again by itself in {seconds} s',
    starting: 'Starting the lane runtime; the first start prepares the demo devices, about 10 s',
    back: 'The lane runtime is reading its state back from the ledger',
    notFound: 'No lane runtime on this data folder; waiting for one',
    stale: 'This picture stopped {seconds} s ago; it is not the state of now',
  },
  system: {
    title: 'System',
    about: 'About',
    version: 'Version',
    lot: 'Car park',
    charge: 'Charge mode',
    chargeOf: { card: 'on the card', online: 'by the platform' },
    offline: 'Offline policy',
    offlineOf: {
      'other-payment': 'other payment',
      'settle-later': 'let go, collect later',
      'accept-within-caps': 'charge offline within limits',
    },
    clock: 'Clock',
    business: 'Business time',
    offset: 'Off the platform by',
    offsetLimit: 'limit ±30 s',
    cameraClock: 'Camera clock · {lane}',
    platform: 'Platform address',
    signIn: 'Signed in until',
    signInNone: 'not signed in',
    chain: 'Ledger and hash chain',
    headSeq: 'Last row',
    headHash: 'Chain head',
    repair: 'Check at start',
    repairOk: 'equal to the ledger head',
    looks: 'Display',
    language: 'Language',
    theme: 'Theme',
    themeOf: { auto: 'like the system', light: 'light', dark: 'dark', contrast: 'high contrast' },
    today: 'Today',
    todayText: '{passages} passages, {amount} paid by ETC',
  },
  log: {
    title: 'Log',
    filter: 'Filter',
    filterHint: 'lane, type or content',
    save: 'Save',
    close: 'Close',
    empty: 'No events yet. Send a demo car, or wait for one.',
    noMatch: 'No event matches the filter',
    dropped: '{count} events are not shown; the ledger has them all',
    keep: 'the last {count} are kept',
    type: {
      trigger: 'trigger',
      plateRead: 'plate read',
      obuSeen: 'OBU seen',
      orderMade: 'order made',
      intentSynced: 'intent on disk',
      debitSent: 'debit sent',
      outcomeSynced: 'outcome on disk',
      barrierCommanded: 'barrier told',
      barrierOpen: 'barrier open',
      carLeft: 'car left',
      uploaded: 'uploaded',
      fault: 'fault',
    },
  },
  palette: {
    title: 'Commands and settings',
    hint: 'What do you want to do?',
    none: 'No such command',
    goto: 'Go to: {screen}',
    theme: 'Theme: {theme}',
    language: 'Language: {language}',
    refresh: 'Refresh',
    log: 'Open or close the log',
    help: 'Keys',
    demo: 'Demo controls',
  },
  help: {
    title: 'Keys',
    f1: 'this page',
    f2: 'correct the plate',
    f5: 'refresh',
    f8: 'open the barrier, with a reason',
    f9: 'other payment',
    k: 'commands and settings',
    l: 'log',
    esc: 'close the top layer',
    tab: 'move the focus',
    close: 'Close',
  },
  fault: {
    copy: 'Copy',
    copied: 'Copied',
    retry: 'Try again',
    field: 'field {field}',
    unknown: 'An error that has no entry in the table',
  },
  common: { none: '—', loading: 'Reading', close: 'Close', yes: 'yes', no: 'no' },
}
