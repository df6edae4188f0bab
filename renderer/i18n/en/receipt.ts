// English words of receipts: the paper itself is made by the runtime.
// Its keys are those of the Chinese catalogue.

export const receipt = {
  receipt: {
    open: 'Receipt',
    title: 'Receipt of the stay',
    code: 'QR code of the receipt',
    copy: 'It was printed or saved once: the next one is marked as a copy.',
    print: 'Print',
    printer: 'Printer',
    pdf: 'Save as PDF',
    close: 'Close',
    printed: 'Printed on {printer}',
    saved: 'Saved in the downloads folder: {file}',
    nearEnd: 'The paper is nearly out',
    drawerShut: 'The drawer will not open for cash: use its key',
    noPrinter: 'This lot has no receipt printer',
    openCount: 'Receipts that did not print: {count}',
    since: 'Asked for',
    why: 'Why it did not print',
    sent: 'it had left for the printer, a part may be out',
    unsent: 'nothing had left: printed once if the printer is back within ten minutes',
    give: 'Print or give it…',
    endTitle: 'How this receipt ended',
    endDo: 'Record it',
    how: {
      seen: 'It was looked at: the paper is there',
      code: 'The driver scanned the code of the receipt',
      notWanted: 'The driver does not want it',
    },
    check: 'Check a receipt',
    checkWhy: 'Scan the code on the receipt, or paste its text. No network is needed.',
    checkText: 'Text of the code',
    checkDo: 'Check',
    holds: 'This lot gave it out',
    holdsLost:
      'The signature is of this lot; its day was lost with an earlier machine, so its place cannot be seen',
    bad: {
      unreadable: 'This is no code of a receipt, or not all of it',
      noKey: 'There is no key to check it by',
      otherKey: 'It is no receipt of this lot',
      forged: 'The signature does not fit: it is forged or was changed',
      dayForged:
        'The head of its day does not fit: the ledger may have been changed, have somebody look',
      notInDay: 'The signature is of this lot, but the books of that day have no such receipt',
    },
    waits: '{count} receipts did not print, the first at {time}',
    go: 'Go there',
    waiting: '{count} receipts were asked for and did not print:',
  },
}
